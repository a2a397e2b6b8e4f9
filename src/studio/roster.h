// Who is on the stage: keeps modules, cables and voices alive from plan to plan, makes new ones, and lets those
// that were removed fade out before they go.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "studio/graph.h"
#include "studio/states.h"
#include "studio/studio.h"
#include "studio/type.h"
#include "studio/wiring.h"

namespace chronus {

// Every module, lane and track has chances of its own, by its name.
std::uint64_t seed_of(const std::string& id, std::uint64_t studio_seed);

class Roster {
public:
    static constexpr double kFadeSeconds = 0.005;
    static constexpr double kCrossfadeSeconds = 0.02;  // of a module and the one of another build in its place

    explicit Roster(int rate) : rate_(rate) {}

    // The next plan for this wiring. Modules of the same id, birth and type are the same as before. Where the type is of
    // another build, a new one takes over: with the same state if that build lays it out alike, else both are crossfaded.
    std::unique_ptr<Plan> plan(const Wiring& wiring, std::uint64_t seed);

    // True if something still fades. Once `frames` have been played since the last plan, sweep and plan again.
    bool fading() const { return !leaving_.empty(); }
    std::int64_t fade_frames() const { return longest_fade_ + 2 * CHRONUS_BLOCK; }
    void sweep();
    // The number of the last plan. Once one has been played for its fade, what left with it or before need not come again.
    std::uint64_t last_plan() const { return plans_; }
    void forget_until(std::uint64_t plan);

    // The index under which the audio thread knows a path; it stays the path's for good.
    std::uint32_t index_of(const std::string& path);
    const std::string& path_of(std::uint32_t index) const { return paths_[index]; }
    const std::vector<std::string>& type_slots() const { return type_slots_; }
    // Where the audio thread counts what a type costs.
    std::uint32_t type_slot(const std::string& type);

private:
    struct Connection {
        std::string from, to;  // names of members; to is empty for the mix
        Graph::Edge edge;
        float gain = 0;        // as last asked for
        bool gates = false;    // it leads to a gate
        bool told = false;     // a plan has brought that gain to the cable
        bool fresh = true;     // no plan has had it yet
        bool waiting = false;  // for one that runs against it and fades out
        bool held = false;     // leaving: what it leads to fades out, it does not
        std::int32_t fade = 0; // frames that its next change of gain takes
        std::uint64_t left = 0;  // leaving: with which plan
    };
    using Connections = std::map<std::string, Connection>;  // by source, sink and kind

    struct Keeper;
    std::shared_ptr<Instance> make(const Leaf& leaf, std::uint64_t seed, std::shared_ptr<Keeper> keeper);
    std::shared_ptr<Instance> make(const Leaf& leaf, std::uint64_t seed);
    void succeed(const Wiring& wiring, const std::vector<std::string>& names, std::uint64_t seed);
    bool carry_on(const std::string& name, const Succession& succession);
    void part_from(const std::map<std::string, std::string>& olds);
    void follow(const Wiring& wiring, const std::vector<std::string>& names);
    std::vector<GainChange> new_gains();
    void let_wait(const Wiring& wiring, const std::vector<std::string>& names);
    static std::string key_of(const Connection& connection);
    Connections wanted(const Wiring& wiring, const std::vector<std::string>& names) const;
    enum class Cables { all, before, after };  // what fades out and what waits for it
    Graph graph_of(const Wiring& wiring, const std::vector<std::string>& names, Cables cables);

    std::int32_t frames(double seconds) const { return static_cast<std::int32_t>(seconds * rate_); }

    int rate_;
    std::int64_t longest_fade_ = 0;  // frames, of what is leaving
    std::vector<Succession> successions_;  // of the plan that is being made
    std::set<std::string> risen_;          // of these, the members that are faded in
    std::uint64_t parted_ = 0, plans_ = 0;
    States states_;
    std::map<std::string, std::shared_ptr<Instance>> members_;  // by id and birth
    Connections connections_;                                   // of the last plan
    std::vector<Connection> leaving_;  // on their way out. One that is asked for again meanwhile begins anew.
    std::map<std::string, std::shared_ptr<Voices>> voices_;     // by path and birth
    std::unordered_map<std::string, std::uint32_t> indices_;
    std::vector<std::string> paths_;
    std::vector<std::string> type_slots_;
};

}  // namespace chronus
