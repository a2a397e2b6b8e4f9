// chronus-vet FILE.so: tries a build of a module type in a process of its own, so that whatever it does happens here.
// Exits 0 if it passed; says what it does on descriptor 3 (laws/tell.h).
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>

#include "host/module_type.h"
#include "laws/rig.h"
#include "laws/trial.h"

namespace {

constexpr rlim_t kMostMemory = rlim_t{2} << 30;  // bytes

// A module that takes all there is takes it here.
void be_modest() {
    const rlimit memory{kMostMemory, kMostMemory}, none{0, 0};
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CORE, &none);
}

int refuse(chronus::laws::Teller& teller, const chronus::Refusal& why) {
    teller.refused(why.code, why.reason);
    return 1;
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        fmt::print(stderr, "usage: chronus-vet FILE.so\n");
        return 2;
    }
    be_modest();
    chronus::laws::Teller teller;
    const chronus::laws::FlushToZero flush;
    teller.at("loading");
    const auto type = chronus::ModuleType::load(words[1]);
    if (!type) return refuse(teller, type.refusal());
    if (const auto fault = chronus::laws::try_out(**type, teller)) return refuse(teller, *fault);
    teller.passed();
    return 0;
}
