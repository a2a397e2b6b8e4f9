// What faust's code needs around it to render that many seconds at 48 kHz.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
struct Meta { void declare(const char*, const char*) {} };
struct UI {
    void openVerticalBox(const char*) {}
    void openHorizontalBox(const char*) {}
    void closeBox() {}
    void openTabBox(const char*) {}
    void declare(float*, const char*, const char*) {}
    void addHorizontalSlider(const char*, float*, float, float, float, float) {}
    void addVerticalSlider(const char*, float*, float, float, float, float) {}
    void addNumEntry(const char*, float*, float, float, float, float) {}
    void addButton(const char*, float*) {}
    void addCheckButton(const char*, float*) {}
    void addHorizontalBargraph(const char*, float*, float, float) {}
    void addVerticalBargraph(const char*, float*, float, float) {}
};
struct dsp { virtual ~dsp() {} };
#define FAUSTFLOAT float
<<includeIntrinsic>>
<<includeclass>>
int main(int, char** words) {
    auto* synth = new mydsp;
    synth->init(48000);
    const int outs = synth->getNumOutputs(), blocks = int(std::atof(words[1]) * 48000 / 64);
    std::vector<std::vector<float>> buffers(outs, std::vector<float>(64));
    std::vector<float*> pointers;
    for (auto& buffer : buffers) pointers.push_back(buffer.data());
    double sum = 0;
    for (int i = 0; i < blocks; i++) {
        synth->compute(64, nullptr, pointers.data());
        sum += buffers[0][0];
    }
    std::printf("%g\n", sum);
}
