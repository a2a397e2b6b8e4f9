// Containers that a copy shares with its original until one of them is changed, value by value: a studio of a
// thousand modules is copied in microseconds, and a hundred of its past states cost little more than one.
#pragma once
#include <algorithm>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace chronus {

// In order of their making.
template <class T>
class SharedList {
    using Places = std::vector<std::shared_ptr<T>>;

public:
    class Iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        explicit Iterator(typename Places::const_iterator at) : at_(at) {}
        const T& operator*() const { return **at_; }
        const T* operator->() const { return at_->get(); }
        Iterator& operator++() { return ++at_, *this; }
        Iterator operator++(int) { return Iterator(at_++); }
        Iterator& operator--() { return --at_, *this; }
        Iterator operator--(int) { return Iterator(at_--); }
        Iterator& operator+=(difference_type n) { return at_ += n, *this; }
        difference_type operator-(Iterator other) const { return at_ - other.at_; }
        bool operator==(const Iterator&) const = default;

    private:
        typename Places::const_iterator at_{};
    };

    Iterator begin() const { return Iterator(places_.begin()); }
    Iterator end() const { return Iterator(places_.end()); }
    std::size_t size() const { return places_.size(); }
    bool empty() const { return places_.empty(); }
    const T& operator[](std::size_t i) const { return *places_[i]; }
    const T& back() const { return *places_.back(); }

    // To be changed: from here on it is this list's own.
    T& edit(std::size_t i) {
        if (places_[i].use_count() > 1) places_[i] = std::make_shared<T>(*places_[i]);
        return *places_[i];
    }
    T& edit(Iterator at) { return edit(static_cast<std::size_t>(at - begin())); }
    void push_back(T value) { insert(end(), std::move(value)); }
    void insert(Iterator before, T value) {
        places_.insert(places_.begin() + (before - begin()), std::make_shared<T>(std::move(value)));
    }
    Iterator erase(Iterator at) { return Iterator(places_.erase(places_.begin() + (at - begin()))); }
    template <class Condition>
    std::size_t erase_if(Condition&& condition) {
        return std::erase_if(places_, [&](const std::shared_ptr<T>& place) { return condition(std::as_const(*place)); });
    }

    bool operator==(const SharedList& other) const {
        return std::equal(places_.begin(), places_.end(), other.places_.begin(), other.places_.end(),
                          [](const auto& a, const auto& b) { return a == b || *a == *b; });
    }

private:
    Places places_;
};

// By name, in the names' order.
template <class T>
class SharedMap {
public:
    using Entry = std::pair<std::string, T>;
    using Iterator = typename SharedList<Entry>::Iterator;

    Iterator begin() const { return list_.begin(); }
    Iterator end() const { return list_.end(); }
    std::size_t size() const { return list_.size(); }
    bool empty() const { return list_.empty(); }
    Iterator find(const std::string& name) const {
        const Iterator at = place_of(name);
        return at != end() && at->first == name ? at : end();
    }
    bool contains(const std::string& name) const { return find(name) != end(); }
    const T& at(const std::string& name) const { return existing(name)->second; }

    T& edit(const std::string& name) { return list_.edit(existing(name)).second; }
    void set(const std::string& name, T value) {
        if (contains(name)) edit(name) = std::move(value);
        else list_.insert(place_of(name), {name, std::move(value)});
    }
    void erase(const std::string& name) {
        if (const Iterator at = find(name); at != end()) list_.erase(at);
    }
    Iterator erase(Iterator at) { return list_.erase(at); }

    bool operator==(const SharedMap&) const = default;

private:
    Iterator place_of(const std::string& name) const {
        std::size_t low = 0, high = list_.size();
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (list_[middle].first < name) low = middle + 1;
            else high = middle;
        }
        return begin() += static_cast<std::ptrdiff_t>(low);
    }
    Iterator existing(const std::string& name) const {
        const Iterator at = find(name);
        if (at == end()) throw std::out_of_range("nothing has the name " + name);
        return at;
    }

    SharedList<Entry> list_;
};

}  // namespace chronus
