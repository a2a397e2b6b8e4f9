// The interface between Chronus and a module type: plain C, versioned, one shared object a type.
// Authors include module.h, which writes all of this for them; other languages may fill it in directly.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CHRONUS_ABI_VERSION = 1,
  CHRONUS_BLOCK = 64,
  CHRONUS_SOUNDS = 1024,     // places for sounds; 0 stays empty
  CHRONUS_BASIC_TABLE = 1,   // a wavetable that is always there: sine, triangle, saw, square
  CHRONUS_SOUND_MARGIN = 80  // zeros before and behind each level of a sound
};

typedef enum chronus_meaning {
  CHRONUS_AUDIO,     // a signal, nominally within -1 .. 1; no range, no default
  CHRONUS_GATE,      // held: 0 or the velocity 0..1; onsets mark where a note begins
  CHRONUS_HERTZ,     // Hz, exponential
  CHRONUS_SECONDS,   // s
  CHRONUS_DECIBELS,  // dB
  CHRONUS_AMOUNT,    // no unit
  CHRONUS_CHOICE,    // the index of one of the port's choices
  CHRONUS_SOUND,     // the place of a recording in the clock's sounds; people give its name
  CHRONUS_WAVETABLE  // the place of a set of single cycles there
} chronus_meaning;

typedef enum chronus_curve { CHRONUS_LINEAR, CHRONUS_EXPONENTIAL } chronus_curve;

// An input, parameter or output. Audio and gates use name, aliases, meaning and doc only.
typedef struct chronus_port {
  const char* name;
  const char* aliases;  // other names, separated by spaces; "" for none
  const char* unit;     // "Hz", "s", "dB" or ""
  const char* doc;      // one line, in a musician's words
  const char* choices;  // "sine|saw|square" for CHRONUS_CHOICE, else ""
  uint32_t meaning;     // chronus_meaning
  uint32_t curve;       // chronus_curve; cables into exponential parameters count in octaves
  float minimum, maximum, initial;
  float smoothing;      // seconds over which the engine smooths a change; 0: it jumps at a block boundary
} chronus_port;

// What an input receives for one block.
typedef struct chronus_signal {
  const float* samples;  // CHRONUS_BLOCK values; NULL: `value` throughout
  const float* onsets;   // gates only, NULL if no note begins in the block: 0, or at the frame where one begins
                         // 0.5 - (ideal time - this frame), in (0, 1]; so `onset - 0.5` is its age in samples
  float value;
} chronus_signal;

// One module of a batch.
typedef struct chronus_unit {
  void* state;
  const chronus_signal* in;  // as many as the type has inputs
  float* const* out;         // as many as it has outputs, each CHRONUS_BLOCK values
} chronus_unit;

typedef struct chronus_level {
  const float* samples[2];  // left and right; of a mono sound twice the same
  uint32_t frames;          // of a wavetable: of one cycle, a power of two
} chronus_level;

// A recording or a wavetable in memory. It stays as it is while anyone may read it.
typedef struct chronus_sound {
  // Of a recording, level l has 1 / 2^l of its rate, low-passed for that. Of a wavetable, level l holds all cycles one
  // behind the other with 512 / 2^l harmonics, each preceded by its last frame and followed by its first two.
  const chronus_level* levels;
  uint32_t level_count;      // 0: there is nothing here
  uint32_t cycles;           // of a wavetable; else 0
  double rate;               // frames a second of level 0
  const uint32_t* onsets;    // of a recording: the frames at which something begins, the first at 0
  uint32_t onset_count;
} chronus_sound;

typedef struct chronus_clock {
  double rate;    // frames a second
  int64_t frame;  // the block's first frame, from the start of the engine
  double beat;    // the transport at that frame; stands still while stopped
  double tempo;   // beats a minute
  int32_t plays;  // 1 while the transport runs
  float swing;    // by what part of swing_grid every second one comes late
  const chronus_sound* sounds;  // CHRONUS_SOUNDS of them; NULL: none
  float swing_grid;  // beats, 0.25 for sixteenths; 0 means that too
} chronus_clock;

// Memory for delay lines and tables, zeroed, owned by the host. A module that is reset is prepared again
// and gets the same pieces, zeroed, in the same order: nothing is allocated then.
typedef struct chronus_arena {
  void* (*take)(struct chronus_arena* arena, size_t bytes, size_t alignment);
} chronus_arena;

typedef struct chronus_module_type {
  uint32_t abi_version;  // CHRONUS_ABI_VERSION
  uint32_t size;         // sizeof(chronus_module_type): later fields are read only if they are there
  const char* name;
  const char* aliases;   // separated by spaces; "" for none
  const char* summary;
  const chronus_port* inputs;
  uint32_t input_count;
  const chronus_port* outputs;
  uint32_t output_count;
  uint32_t state_size, state_alignment;  // the state is trivially copyable
  uint64_t layout;                       // equal layouts: the state may be carried over a reload
  float largest_gain;                    // outputs stay within this for inputs within 1; 20 if not stated

  // [worker] Puts a module into its state of rest. The seed is all the chance it has.
  void (*reset)(void* state, uint64_t seed);
  // [worker] After reset, before the first process; NULL if the type needs no memory.
  void (*prepare)(void* state, chronus_arena* arena, double rate);
  // [audio] All modules of the type that stand at the same depth of the graph, one block. Does not allocate,
  // lock or call the system. What a unit gives does not depend on the others of its batch.
  void (*process)(const chronus_unit* units, uint32_t count, const chronus_clock* clock);
} chronus_module_type;

// The one symbol that a module exports.
#define CHRONUS_ENTRY "chronus_module"
typedef const chronus_module_type* (*chronus_entry)(void);

#ifdef __cplusplus
}
#endif
