// Follows a plan without sound: which output stands in which buffer at every moment, and what each reader finds.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "handoff/plan.h"

namespace chronus {

// An output by the id of its module.
struct OutputName {
    std::string module;
    std::size_t port = 0;
    bool delayed = false;  // its last block

    auto operator<=>(const OutputName&) const = default;
};

// What the inputs find, by module, input and whether in octaves; the mix is module "", input 0 and 1.
using Readings = std::map<std::tuple<std::string, std::size_t, bool>, std::vector<OutputName>>;

class PlanReader {
public:
    explicit PlanReader(const Plan& plan) : plan_(plan) {}

    // Problems: what was overwritten before it was read, or is never there.
    Readings read() {
        for (const Keep& keep : plan_.keeps) histories_[keep.cable->history] = keep.samples;
        find_results();
        name_outputs();
        for (const Step& step : plan_.steps) step.kind == Step::Kind::mix ? mix(step) : process(step);
        for (const auto& [result, place] : results_)
            if (std::get<0>(place).empty()) note(place, *find(result));
        for (const Keep& keep : plan_.keeps)
            if (contents_[keep.samples] != std::vector{last_[keep.samples]}) problems.push_back("a loop's block is lost");
        return readings_;
    }
    std::vector<std::string> problems;

private:
    using Place = std::tuple<std::string, std::size_t, bool>;
    struct Found {
        const float* buffer;
        std::vector<OutputName> content;  // as it was added up
    };

    const chronus_module_type& type(std::size_t unit) const { return *plan_.instances[unit]->type; }

    void find_results() {
        for (std::size_t u = 0; u < plan_.units.size(); ++u)
            for (std::size_t i = 0; i < type(u).input_count; ++i) {
                const std::size_t signal = plan_.first_signal[u] + i;
                const std::string& id = plan_.instances[u]->id;
                results_[&plan_.signals[signal].samples] = {id, i, false};
                results_[&plan_.feeds[signal].offset] = {id, i, false};
                results_[&plan_.feeds[signal].octaves] = {id, i, true};
            }
        results_[&plan_.left] = {"", 0, false};
        results_[&plan_.right] = {"", 1, false};
    }
    // What a buffer holds at the end of a block is its last writer's: that is what a history keeps.
    void name_outputs() {
        for (std::size_t u = 0; u < plan_.units.size(); ++u)
            for (std::size_t o = 0; o < type(u).output_count; ++o) last_[plan_.units[u].out[o]] = {plan_.instances[u]->id, o};
    }

    void mix(const Step& step) {
        std::vector<OutputName>& sum = contents_[step.into];
        if (step.begins) sum.clear();
        for (std::uint32_t t = step.first; t < step.first + step.count; ++t) {
            const Term& term = plan_.terms[t];
            std::vector<OutputName> part;
            if (const auto history = histories_.find(term.samples); history != histories_.end()) {
                OutputName name = last_[history->second];
                name.delayed = true;
                part = {name};
            } else {
                part = contents_[term.samples];
                if (part.size() != 1) problems.push_back("a cable reads what is no output");
            }
            sum.insert(sum.end(), part.begin(), part.end());
        }
        sums_[step.result] = Found{step.into, sum};
        // A single cable at gain 1 is read where it stands.
        if (step.only) sums_[step.result].content = sum, direct_[step.result] = plan_.terms[step.first].samples;
    }

    std::optional<Found> find(const float* const* result) const {
        const auto found = sums_.find(const_cast<const float**>(result));
        return found == sums_.end() ? Found{nullptr, {}} : found->second;
    }

    void note(const Place& place, const Found& found) {
        if (!found.buffer) return;
        if (contents_[found.buffer] != found.content) problems.push_back(std::get<0>(place) + ": its sum was overwritten");
        readings_[place] = found.content;
    }

    void process(const Step& step) {
        std::set<const float*> read, written;
        for (std::uint32_t u = step.first; u < step.first + step.count; ++u) {
            if (plan_.instances[u]->type != plan_.instances[step.first]->type) problems.push_back("two types in one batch");
            for (std::size_t i = 0; i < type(u).input_count; ++i) {
                const std::size_t signal = plan_.first_signal[u] + i;
                for (const float* const* result : {const_cast<const float* const*>(&plan_.signals[signal].samples),
                                                   &plan_.feeds[signal].offset, &plan_.feeds[signal].octaves}) {
                    const auto found = find(result);
                    if (!found->buffer) continue;
                    note(results_.at(result), *found);
                    read.insert(found->buffer);
                    const auto direct = direct_.find(const_cast<const float**>(result));
                    if (direct == direct_.end() || histories_.contains(direct->second)) continue;
                    read.insert(direct->second);
                    if (contents_[direct->second] != found->content) problems.push_back("read in place, but overwritten");
                }
            }
        }
        for (std::uint32_t u = step.first; u < step.first + step.count; ++u)
            for (std::size_t o = 0; o < type(u).output_count; ++o) {
                const float* buffer = plan_.units[u].out[o];
                if (!written.insert(buffer).second) problems.push_back("two outputs of a batch share a buffer");
                if (read.contains(buffer)) problems.push_back("an output overwrites an input of its batch");
                contents_[buffer] = {{plan_.instances[u]->id, o}};
            }
    }

    const Plan& plan_;
    std::map<const float* const*, Place> results_;
    std::map<const float*, const float*> histories_;            // → the buffer that is kept
    std::map<const float*, OutputName> last_;                   // buffer → the last output that uses it
    std::map<const float*, std::vector<OutputName>> contents_;  // buffer → what it holds now
    std::map<const float**, Found> sums_;
    std::map<const float**, const float*> direct_;
    Readings readings_;
};

}  // namespace chronus
