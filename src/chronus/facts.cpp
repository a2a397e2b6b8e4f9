#include "chronus/facts.h"

#include <unistd.h>

#include <algorithm>

#include "chronus/machine.h"
#include "chronus/table.h"
#include "host/module_path.h"
#include "osc/listen.h"

namespace chronus::hand {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 1s;
constexpr const char* kGroup = "audio";

void ask_daemon(const Place& place, Facts& facts) {
    DaemonLink link(place, kPatience);
    const auto status = link.ask({"/status", {}});
    if (!status) {
        facts.absence = status.refusal().reason;
        facts.start = status.refusal().example;
        if (place.socket_path) return;
        facts.port = place.port.value_or(kDefaultPort);
        facts.port_holder = holder_if_taken(facts.port);
        return;
    }
    facts.status = status->values;
    if (const auto about = link.ask({"/about", {}}); about && about->done) facts.about = about->values;
    if (const auto sync = link.ask({"/sync", {}}); sync && sync->done)
        facts.audio_stopped =
            std::find(sync->values.begin(), sync->values.end(),
                      Argument(std::string("queued, audio not running"))) != sync->values.end();
}

}  // namespace

Facts gather(const Place& place, const std::string& client_version) {
    Facts facts;
    facts.client_version = client_version;
    ask_daemon(place, facts);
    const auto process = static_cast<int>(Table(facts.about).whole("process", 0));
    facts.priority_limit =
        process > 0 ? limit_of(process, "Max realtime priority") : own_limit(RLIMIT_RTPRIO);
    facts.memory_limit = process > 0 ? limit_of(process, "Max locked memory") : own_limit(RLIMIT_MEMLOCK);
    facts.locked_memory = process > 0 ? locked_memory_of(process) : 0;
    facts.is_root = geteuid() == 0;
    facts.may_lock_memory = !facts.memory_limit || facts.is_root;
    facts.may_use_realtime = may_use_realtime();
    facts.in_audio_group = in_group(kGroup);
    facts.listed_in_audio_group = listed_in_group(kGroup);
    facts.audio_group_has_priority = limits_give_priority(kGroup);
    facts.governor = cpu_governor();
    for (const auto& folder : module_path()) facts.module_path.push_back(folder.string());
    facts.daemon_program = find_daemon_program();
    facts.missing_libraries = missing_libraries_of(facts.daemon_program);
    return facts;
}

}  // namespace chronus::hand
