#include "sounds/stored_sound.h"

#include <chronus/dsp/windowed_sinc.h>
#include <kiss_fft.h>

#include <algorithm>

#include "sounds/onsets.h"

namespace chronus {
namespace {

constexpr int kHalfTaps = 32;

// A low-pass at a quarter of the rate: passes to 0.2, stops (-90 dB) at 0.3.
const std::vector<float>& halving_kernel() {
    static const std::vector<float> kernel = [] {
        const kernel::Kaiser window(9);
        std::vector<float> taps;
        for (int n = -kHalfTaps; n <= kHalfTaps; ++n)
            taps.push_back(static_cast<float>(0.5 * kernel::sinc(0.5 * n) * window(n / (kHalfTaps + 1.0))));
        return taps;
    }();
    return kernel;
}

std::vector<float> halved(const std::vector<float>& whole) {
    const std::vector<float>& taps = halving_kernel();
    std::vector<float> half((whole.size() + 1) / 2);
    const auto frames = static_cast<std::ptrdiff_t>(whole.size());
    for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(half.size()); ++i) {
        const std::ptrdiff_t first = std::max<std::ptrdiff_t>(0, 2 * i - kHalfTaps);
        const std::ptrdiff_t last = std::min(frames - 1, 2 * i + kHalfTaps);
        float sum = 0;
        for (std::ptrdiff_t n = first; n <= last; ++n)
            sum += whole[static_cast<std::size_t>(n)] * taps[static_cast<std::size_t>(n - 2 * i + kHalfTaps)];
        half[static_cast<std::size_t>(i)] = sum;
    }
    return half;
}

// 32 frames a turn of the highest harmonic, 8 where there are the most: read by a cubic, what errs is 95 dB down.
std::size_t frames_for(std::size_t harmonics) { return std::clamp<std::size_t>(32 * harmonics, 512, 4096); }

// One cycle of `frames` frames, its last one before it and its first two behind it.
void append_cycle(const Harmonics& cycle, std::size_t harmonics, std::size_t frames, std::vector<float>& all) {
    std::vector<kiss_fft_cpx> spectrum(frames), wave(frames);
    for (std::size_t h = 1; h <= std::min(harmonics, cycle.sines.size()); ++h) {
        spectrum[h] = {0.5f * cycle.cosines[h - 1], -0.5f * cycle.sines[h - 1]};
        spectrum[frames - h] = {0.5f * cycle.cosines[h - 1], 0.5f * cycle.sines[h - 1]};
    }
    const kiss_fft_cfg plan = kiss_fft_alloc(static_cast<int>(frames), 1, nullptr, nullptr);
    kiss_fft(plan, spectrum.data(), wave.data());
    kiss_fft_free(plan);
    all.push_back(wave.back().r);
    for (const kiss_fft_cpx& frame : wave) all.push_back(frame.r);
    all.push_back(wave[0].r);
    all.push_back(wave[1].r);
}

}  // namespace

void StoredSound::add_level(const std::vector<std::vector<float>>& channels) {
    chronus_level level{};
    for (std::size_t c = 0; c < channels.size(); ++c) {
        std::vector<float> padded(channels[c].size() + 2 * CHRONUS_SOUND_MARGIN);
        std::copy(channels[c].begin(), channels[c].end(), padded.begin() + CHRONUS_SOUND_MARGIN);
        memory_.push_back(std::move(padded));
        level.samples[c] = memory_.back().data() + CHRONUS_SOUND_MARGIN;
    }
    if (channels.size() == 1) level.samples[1] = level.samples[0];
    level.frames = static_cast<std::uint32_t>(channels.front().size());
    levels_.push_back(level);
}

std::shared_ptr<const StoredSound> StoredSound::of(const Recording& recording) {
    auto sound = std::make_shared<StoredSound>();
    std::vector<std::vector<float>> channels = recording.channels;
    channels.resize(std::clamp<std::size_t>(channels.size(), 1, 2));
    sound->channels_ = static_cast<int>(channels.size());
    sound->onsets_ = find_onsets(recording);
    for (int level = 0; level < 8; ++level) {
        sound->add_level(channels);
        if (channels.front().size() < 64) break;
        for (std::vector<float>& channel : channels) channel = halved(channel);
    }
    sound->view_ = {.levels = sound->levels_.data(), .level_count = static_cast<std::uint32_t>(sound->levels_.size()),
                    .cycles = 0, .rate = recording.rate,
                    .onsets = sound->onsets_.data(), .onset_count = static_cast<std::uint32_t>(sound->onsets_.size())};
    return sound;
}

std::shared_ptr<const StoredSound> StoredSound::of(const std::vector<Harmonics>& cycles) {
    auto sound = std::make_shared<StoredSound>();
    for (std::size_t harmonics = kMostHarmonics; harmonics >= 1; harmonics /= 2) {
        const std::size_t frames = frames_for(harmonics);
        std::vector<float> all;
        for (const Harmonics& cycle : cycles) append_cycle(cycle, harmonics, frames, all);
        sound->memory_.push_back(std::move(all));
        const float* first = sound->memory_.back().data() + 1;
        sound->levels_.push_back({{first, first}, static_cast<std::uint32_t>(frames)});
    }
    sound->view_ = {.levels = sound->levels_.data(), .level_count = static_cast<std::uint32_t>(sound->levels_.size()),
                    .cycles = static_cast<std::uint32_t>(cycles.size()), .rate = 48000, .onsets = nullptr, .onset_count = 0};
    return sound;
}

double StoredSound::seconds() const {
    return view_.cycles || levels_.empty() ? 0 : static_cast<double>(levels_.front().frames) / view_.rate;
}

}  // namespace chronus
