#include "chronusd/admission.h"

#include <fmt/format.h>

#include "host/module_path.h"
#include "workshop/vetter.h"

namespace chronus {
namespace {

Refusal refused(const std::filesystem::path& file, const Verdict& verdict) {
    return {"module", fmt::format("{}: is left out: {}", file.string(), verdict.why.reason), ""};
}

}  // namespace

Result<Done> admit(const std::filesystem::path& file, const Builds& builds) {
    if (file.parent_path() != user_module_folder()) return Done{};
    const auto build = builds.copy(file);
    if (!build) {  // nothing can be kept: it is tried at every start
        const Verdict verdict = vet(vet_program(), file);
        return verdict.passed ? Result<Done>(Done{}) : refused(file, verdict);
    }
    if (!builds.find(build->name, build->hash)) {
        const Verdict verdict = vet(vet_program(), build->file);
        if (verdict.passed) return builds.keep(*build);
        builds.drop(*build);
        return refused(file, verdict);
    }
    builds.drop(*build);
    return Done{};
}

}  // namespace chronus
