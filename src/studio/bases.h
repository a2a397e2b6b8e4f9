// What the parameters of a module were set to. Two names may reach the same part, an exposed one and the part's own:
// then the one that was set later has the last word, so their order is kept.
#pragma once
#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace chronus {

class Bases {
public:
    using Entry = std::pair<std::string, float>;  // a name relative to the module: cutoff, filter/q
    using Iterator = std::vector<Entry>::const_iterator;

    Iterator begin() const { return entries_.begin(); }
    Iterator end() const { return entries_.end(); }
    bool empty() const { return entries_.empty(); }
    Iterator find(const std::string& name) const {
        return std::find_if(begin(), end(), [&](const Entry& entry) { return entry.first == name; });
    }
    bool contains(const std::string& name) const { return find(name) != end(); }
    float at(const std::string& name) const {
        if (const Iterator entry = find(name); entry != end()) return entry->second;
        throw std::out_of_range(name + " was not set");
    }

    // To be set: it is the last one from now on.
    float& operator[](const std::string& name) {
        const auto entry = entries_.begin() + (find(name) - begin());
        if (entry == entries_.end()) entries_.emplace_back(name, 0.0f);
        else std::rotate(entry, entry + 1, entries_.end());
        return entries_.back().second;
    }
    void erase(const std::string& name) {
        std::erase_if(entries_, [&](const Entry& entry) { return entry.first == name; });
    }

    bool operator==(const Bases&) const = default;

private:
    std::vector<Entry> entries_;
};

}  // namespace chronus
