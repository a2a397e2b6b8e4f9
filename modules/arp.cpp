// Arpeggiator: the notes that are held, or a chord of one, one after another.
#include <chronus/dsp/sync.h>
using namespace chronus;

struct Arp {
    static constexpr Spec spec {
        .name    = "arp",
        .aliases = "arpeggiator",
        .summary = "Arpeggiator: cable `gate` into a voice's gate and `pitch` into its freq, which is to stand at C4",
        .in      = { gate  ("gate",    "a note begins it; one that begins while another is held joins"),
                     hertz ("freq",    440, 20, 20000, "the note's pitch").smoothed(0),
                     gate  ("clock",   "each note is a step, where sync is off"),
                     sync_choice("how long a step is; off: `clock` has the steps"),
                     choice("mode",    "up|down|up-down|as-played|random", "in which order they come"),
                     amount("octaves", 1, 1, 4, "over how many octaves they go").smoothed(0).alias("range"),
                     choice("chord",   "off|major|minor|dom7|m7|maj7|sus2|sus4|dim|octaves|fifths",
                            "what each note stands for: itself, or a chord on it"),
                     amount("hold",    0.5f, 0.01f, 0.98f, "how much of its step a note is held, where it is synced")
                         .alias("gate_length") },
        .out     = { gate   ("gate",   "the velocity of the note while it is held"),
                     control("pitch",  "octaves above C4, 261.63 Hz") },
    };

    enum Mode { kUp, kDown, kUpDown, kPlayed, kRandom };

    struct Chord { int tones, semitones[4]; };
    static constexpr Chord kChords[] = {{1, {0}},           {3, {0, 4, 7}},     {3, {0, 3, 7}}, {4, {0, 4, 7, 10}},
                                        {4, {0, 3, 7, 10}}, {4, {0, 4, 7, 11}}, {3, {0, 2, 7}}, {3, {0, 5, 7}},
                                        {3, {0, 3, 6}},     {2, {0, 12}},       {2, {0, 7}}};
    static constexpr int kNotes = 8, kTones = 4 * kNotes;

    struct Note { float pitch, velocity; };

    Note note[kNotes] {};  // as they came
    int count = 0, at = 0;
    float held = 0, pitch = 0;
    double beat = 0;       // the transport's, or where it stands its own from the first note on
    GateOut opened {};
    Random<float> random {};

    void process(const Block& block) {
        const Clock& clock = block.clock;
        const Input notes = block.in(0), freq = block.in(1), steps = block.in(2);
        const double beats = sync_beats(block.in(3)[0]), frame_beats = beat_step(clock);
        if (clock.plays) beat = clock.beat;
        const int frames = int(float(beats / frame_beats) * block.in(7)[0]) + 1;
        bool due[kBlock];
        find_steps(block, due);
        for (int i = 0; i < kBlock; ++i) {
            const bool first = take(notes, freq, i);
            if (first && beats > 0 && !clock.plays) {
                beat = -i * frame_beats;
                find_steps(block, due);
            }
            if (beats == 0 && (steps.onset(i) > 0 || steps[i] <= 0)) opened.close();
            if (count && (beats > 0 ? due[i] : steps.onset(i) > 0)) play(block, beats > 0 ? frames : -1);
            block.out(0)[i] = opened.next();
            block.out(1)[i] = pitch;
        }
        beat += kBlock * frame_beats;
    }

    void find_steps(const Block& block, bool* due) const {
        const float sync = block.in(3)[0];
        for (int i = 0; i < kBlock; ++i) due[i] = false;
        if (sync > 0.5f) each_step(beat, sync, block.clock, [&](int frame, int64_t) { due[frame] = true; });
    }

    // What begins and ends at a frame; true for the first of a chord.
    bool take(Input notes, Input freq, int i) {
        const float before = held;
        held = notes[i];
        if (held <= 0) {
            if (before > 0) opened.close();
            count = 0;
        }
        if (notes.onset(i) <= 0) return false;
        if (before <= 0) count = at = 0;
        const float own = log2(freq[i] * (1 / 261.625565f));
        for (int n = 0; n < count; ++n)
            if (note[n].pitch == own) return false;
        if (count == kNotes) {  // the oldest makes room
            for (int n = 1; n < kNotes; ++n) note[n - 1] = note[n];
            --count;
        }
        note[count++] = {own, held};
        return count == 1;
    }

    // The next tone.
    void play(const Block& block, int frames) {
        const Mode mode = Mode(int(block.in(4)[0] + 0.5f));
        Note tone[kTones];
        const int tones = lay_out(kChords[int(block.in(6)[0] + 0.5f)], mode != kPlayed, tone);
        const int all = tones * int(block.in(5)[0] + 0.5f), turn = mode == kUpDown && all > 1 ? 2 * all - 2 : all;
        at %= turn;
        int place = at < all ? at : turn - at;
        if (mode == kDown) place = all - 1 - at;
        if (mode == kRandom) place = int(random.unipolar() * float(all));
        ++at;
        pitch = tone[place % tones].pitch + float(place / tones);
        opened.open(tone[place % tones].velocity, frames);
    }

    // All tones of all notes, from the lowest up if they are to be sorted.
    int lay_out(const Chord& chord, bool sorted, Note* tone) const {
        int tones = 0;
        for (int n = 0; n < count; ++n)
            for (int c = 0; c < chord.tones; ++c) {
                const Note next{note[n].pitch + float(chord.semitones[c]) * (1 / 12.f), note[n].velocity};
                int to = tones++;
                for (; sorted && to > 0 && tone[to - 1].pitch > next.pitch; --to) tone[to] = tone[to - 1];
                tone[to] = next;
            }
        return tones;
    }
};

CHRONUS_MODULE(Arp)
