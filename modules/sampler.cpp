// Sampler: plays a recording at any pitch, whole or in slices. Above its own pitch it reads a version of half the rate
// each octave (the host keeps them), and the reading kernel is as wide as the rest asks (dsp/resample.h).
#include <chronus/dsp/resample.h>
using namespace chronus;

struct Sampler {
    static constexpr Spec spec {
        .name    = "sampler",
        .aliases = "sample player break",
        .summary = "Plays a recording: one-shots, loops, and breaks cut into slices",
        .in      = { gate   ("gate",    "plays from the start; the velocity is how loud"),
                     gate   ("choke",   "a note here silences it: the closed hat the open one"),
                     sound  ("sound",   "the recording, by its name; `sounds` tells what there is").alias("file sample"),
                     hertz  ("freq",    261.6256f, 20, 8000, "pitch: C4, 261.6 Hz, plays it as it was recorded").alias("pitch"),
                     amount ("speed",   1, 0.05f, 8, "how fast it plays, with its pitch"),
                     amount ("beats",   0, 0, 64, "beats that the whole of it lasts, whatever the tempo; 0: as recorded").smoothed(0).alias("fit"),
                     amount ("start",   0, "where it begins: 0.5 in the middle").smoothed(0),
                     amount ("end",     1, "where it ends").smoothed(0),
                     choice ("mode",    "once|held|loop", "once: to its end; held: while the note is; loop: round and round while it is"),
                     choice ("reverse", "off|on", "backwards").alias("direction"),
                     choice ("slicing", "equal|onsets", "slices of equal length, or from each onset to the next"),
                     amount ("slices",  0, 0, 64, "into how many equal slices it is cut; 0 plays it whole").smoothed(0),
                     amount ("slice",   0, 0, 63, "which slice a note plays, from 0").smoothed(0),
                     choice ("notes",   "pitch|slices", "what a note's pitch chooses: the pitch, or from C4 upward the slice"),
                     seconds("attack",  0, 0, 5, "fade at the beginning"),
                     seconds("release", 0.005f, 0.001f, 5, "fade at the end and after the note"),
                     amount ("level",   0.8f, 0, 2, "loudness").alias("amp volume gain") },
        .out     = { audio  ("left",    "left side"),
                     audio  ("right",   "right side") },
    };
    enum Port { kGate, kChoke, kSound, kFreq, kSpeed, kBeats, kStart, kEnd, kMode, kReverse, kSlicing, kSlices, kSlice, kNotes, kAttack,
                kRelease, kLevel };
    static constexpr float kOwnPitch = 261.6256f;  // Hz
    static constexpr float kQuick = 0.003f;        // seconds in which what is cut off fades

    // One pass through the recording. A new note leaves the old one to fade out.
    struct Head {
        double place = 0, begin = 0, end = 0;  // frames of level 0; place counts from begin, also backwards
        float velocity = 0, level = 0;         // level: of the fade, 0 to 1
        int32_t sound = 0;                     // 0: silent
        int32_t mode = 0, reverse = 0;
        int32_t closing = 0;                   // 1: it fades out as its release says, 2: at once
    };
    Head heads[2] {};

    void process(const Block& block) {
        const Input gate = block.in(kGate), choke = block.in(kChoke);
        float *left = block.out(0), *right = block.out(1);
        for (int i = 0; i < kBlock; ++i) left[i] = right[i] = 0;
        for (int begin = 0, end; begin < kBlock; begin = end) {
            if (gate.onset(begin) > 0) strike(block, begin);
            if (choke.onset(begin) > 0)
                for (Head& head : heads) head.closing = 2;
            if (gate[begin] <= 0 && heads[0].mode != 0 && !heads[0].closing) heads[0].closing = 1;
            end = begin + 1;
            const bool held = gate[begin] > 0;
            while (end < kBlock && gate.onset(end) <= 0 && choke.onset(end) <= 0 && (gate[end] > 0) == held) ++end;
            for (Head& head : heads)
                if (head.sound) play(head, block, begin, end);
        }
    }

    void strike(const Block& block, int i) {
        const chronus_sound& sound = block.sound(kSound, i);
        heads[1] = heads[0];
        heads[1].closing = 2;
        heads[0] = {};
        if (!sound.level_count || sound.cycles) return;
        Head& head = heads[0];
        const double frames = sound.levels[0].frames;
        double from = 0, to = frames;
        cut(block, i, sound, from, to);
        const double start = block.in(kStart)[i], stop = max(block.in(kEnd)[i], block.in(kStart)[i]);
        head.begin = from + (to - from) * start;
        head.end = from + (to - from) * stop;
        head.place = (block.in(kGate).onset(i) - 0.5) * own_rate(block, i, sound) * pace(block, i);
        head.velocity = block.in(kGate)[i];
        head.level = block.in(kAttack)[i] > 0 ? 0.f : 1.f;
        head.sound = int(block.in(kSound)[i] + 0.5f);
        head.mode = int(block.in(kMode)[i] + 0.5f);
        head.reverse = block.in(kReverse)[i] > 0.5f;
    }

    // The slice that a note plays, in frames.
    static void cut(const Block& block, int i, const chronus_sound& sound, double& from, double& to) {
        const bool by_onsets = block.in(kSlicing)[i] > 0.5f;
        const int count = by_onsets ? int(sound.onset_count) : int(block.in(kSlices)[i] + 0.5f);
        if (count < 1) return;
        int slice = int(block.in(kSlice)[i] + 0.5f);
        if (by_slices(block, i)) slice += int(floor(12.f * log2(block.in(kFreq)[i] * (1.f / kOwnPitch)) + 0.5f));
        slice = ((slice % count) + count) % count;
        if (by_onsets) {
            from = sound.onsets[slice];
            if (slice + 1 < count) to = sound.onsets[slice + 1];
        } else {
            const double length = to / count;
            from = slice * length;
            to = from + length;
        }
    }
    static bool by_slices(const Block& block, int i) { return block.in(kNotes)[i] > 0.5f; }

    // Frames of the recording a frame, at its own pitch and speed.
    static double own_rate(const Block& block, int i, const chronus_sound& sound) {
        const double beats = block.in(kBeats)[i], rate = double(block.clock.rate);
        return beats > 0 ? sound.levels[0].frames * block.clock.tempo / (60.0 * beats * rate) : sound.rate / rate;
    }
    static double pace(const Block& block, int i) {
        const float pitch = by_slices(block, i) ? 1.f : block.in(kFreq)[i] * (1.f / kOwnPitch);
        return double(pitch * block.in(kSpeed)[i]);
    }

    void play(Head& head, const Block& block, int begin, int end) {
        const chronus_sound& sound = block.clock.sounds[head.sound];
        const double length = head.end - head.begin, own = own_rate(block, begin, sound);
        const float opening = block.clock.step / max(block.in(kAttack)[begin], block.clock.step);
        const float quick = block.clock.step * (1.f / kQuick), slow = block.clock.step / block.in(kRelease)[begin];
        for (int i = begin; i < end; ++i) {
            const double speed = own * pace(block, i);
            if (head.mode == 2 && head.place >= length && length > 1) head.place -= length * double(int64_t(head.place / length));
            // It is silent once it has come to its end, and closes shortly before.
            if (head.mode != 2 && !head.closing && head.place + speed * double(kQuick * block.clock.rate) >= length) head.closing = 2;
            const float step = head.closing == 2 ? -quick : head.closing ? -slow : opening;
            head.level = clamp(head.level + step, 0.f, 1.f);
            if ((head.closing && head.level <= 0) || length <= 1) {
                head.sound = 0;
                return;
            }
            const float shape = head.level * head.level * (3.f - 2.f * head.level);  // no corners
            add(block, i, sound, head.reverse ? head.end - 1 - head.place : head.begin + head.place, speed,
                shape * head.velocity * block.in(kLevel)[i]);
            head.place += speed;
        }
    }

    static void add(const Block& block, int i, const chronus_sound& sound, double place, double speed, float gain) {
        uint32_t level = 0;
        while (speed >= 2 && level + 1 < sound.level_count) speed *= 0.5, place *= 0.5, ++level;
        const chronus_level& at = sound.levels[level];
        if (place < -16 || place > double(at.frames) + 16) return;
        const int whole = int(place + 64) - 64;  // rounded down, for all that are in reach
        const float fraction = float(place - whole);
        float left, right;
        if (fraction == 0 && speed == 1) {
            const bool inside = whole >= 0 && whole < int(at.frames);
            left = inside ? at.samples[0][whole] : 0.f;
            right = inside ? at.samples[1][whole] : 0.f;
        } else {
            const Reading reading(fraction, float(speed < 1 ? 1.0 : speed > 2 ? 2.0 : speed));
            left = reading(at.samples[0] + whole);
            right = at.samples[1] == at.samples[0] ? left : reading(at.samples[1] + whole);
        }
        block.out(0)[i] += left * gain;
        block.out(1)[i] += right * gain;
    }
};

CHRONUS_MODULE(Sampler)
