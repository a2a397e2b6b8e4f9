// What the program that tries a build says to whoever started it: a line each, before what it tells of is done, so that
// a crash or a hang has its place. On descriptor 3, for the module may print what it likes; without one, on stdout.
//   at WHAT            figure NAME VALUE            refused CODE WHY            passed
#pragma once
#include <string_view>

namespace chronus::laws {

class Teller {
public:
    static constexpr int kDescriptor = 3;

    Teller();

    // From here on it does that, and may take half a second of the processor's time for it; else a signal (SIGPROF) ends it.
    void at(std::string_view what);
    void figure(std::string_view name, double value);
    void refused(std::string_view code, std::string_view why);
    void passed();

private:
    void line(std::string_view text);
    int out_;
};

}  // namespace chronus::laws
