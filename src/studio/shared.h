// Containers that a copy shares with its original until one of them is changed, value by value: a copy costs nothing,
// the first change after it a pointer a value, and a hundred past states of a studio little more than one.
#pragma once
#include <algorithm>
#include <cstddef>
#include <iterator>
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

    Iterator begin() const { return Iterator(all().begin()); }
    Iterator end() const { return Iterator(all().end()); }
    std::size_t size() const { return all().size(); }
    bool empty() const { return all().empty(); }
    const T& operator[](std::size_t i) const { return *all()[i]; }
    const T& back() const { return *all().back(); }

    // To be changed: from here on it is this list's own.
    T& edit(std::size_t i) {
        std::shared_ptr<T>& place = own()[i];
        if (place.use_count() > 1) place = std::make_shared<T>(*place);
        return *place;
    }
    T& edit(Iterator at) { return edit(index_of(at)); }
    void push_back(T value) { insert(end(), std::move(value)); }
    void insert(Iterator before, T value) {
        const std::size_t at = index_of(before);
        Places& places = own();
        places.insert(places.begin() + static_cast<std::ptrdiff_t>(at), std::make_shared<T>(std::move(value)));
    }
    // Iterators from before are those of the list as it was.
    Iterator erase(Iterator at) {
        const auto index = static_cast<std::ptrdiff_t>(index_of(at));
        Places& places = own();
        return Iterator(places.erase(places.begin() + index));
    }
    template <class Condition>
    std::size_t erase_if(Condition&& condition) {
        const auto fits = [&](const std::shared_ptr<T>& place) { return condition(std::as_const(*place)); };
        return std::erase_if(own(), fits);
    }

    bool operator==(const SharedList& other) const {
        return places_ == other.places_ ||
               std::equal(all().begin(), all().end(), other.all().begin(), other.all().end(),
                          [](const auto& a, const auto& b) { return a == b || *a == *b; });
    }

    // How many values, and how many places for them, are not those of the other: what it costs to keep both.
    std::size_t values_beside(const SharedList& other) const {
        const auto front = std::mismatch(all().begin(), all().end(), other.all().begin(), other.all().end());
        const auto back = std::mismatch(all().rbegin(), std::make_reverse_iterator(front.first), other.all().rbegin(),
                                        std::make_reverse_iterator(front.second));
        return static_cast<std::size_t>(std::make_reverse_iterator(front.first) - back.first);
    }
    std::size_t places_beside(const SharedList& other) const { return places_ == other.places_ ? 0 : size(); }

private:
    static const Places& none() {
        static const Places places;
        return places;
    }
    const Places& all() const { return places_ ? *places_ : none(); }
    Places& own() {
        if (!places_ || places_.use_count() > 1) places_ = std::make_shared<Places>(all());
        return *places_;
    }
    std::size_t index_of(Iterator at) const { return static_cast<std::size_t>(at - begin()); }

    std::shared_ptr<Places> places_;  // null: none
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
    std::size_t values_beside(const SharedMap& other) const { return list_.values_beside(other.list_); }
    std::size_t places_beside(const SharedMap& other) const { return list_.places_beside(other.list_); }

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
