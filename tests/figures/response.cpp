#include "figures/response.h"

namespace chronus::figures {
namespace {

constexpr std::size_t kLength = 1 << 16;
constexpr double kClick = 0.01;

}  // namespace

double Response::db(double hertz) const {
    const double place = hertz * 2 / kRate * double(gains.size());
    const std::size_t k = std::min(std::size_t(place), gains.size() - 2);
    const double part = place - double(k);
    return sound::decibels(gains[k] * (1 - part) + gains[k + 1] * part);
}

std::pair<double, double> Response::range_db(double low, double high) const {
    std::pair<double, double> range = std::minmax(db(low), db(high));
    const double bins = 2.0 * double(gains.size()) / kRate;
    for (auto k = std::size_t(low * bins) + 1; k <= std::min(std::size_t(high * bins), gains.size() - 1); ++k) {
        range.first = std::min(range.first, sound::decibels(gains[k]));
        range.second = std::max(range.second, sound::decibels(gains[k]));
    }
    return range;
}

Response response_of(const Type& type, Stimulus stimulus) {
    Samples click(kLength);
    click[0] = float(kClick);
    for (const std::string& input : type.main_inputs()) stimulus.cable(input, click);
    const Samples taps = render(type, stimulus, kLength).at(type.main_outputs().at(0));
    std::vector<std::complex<double>> x(taps.begin(), taps.end());
    sound::fourier(x);
    Response response;
    for (std::size_t k = 0; k < x.size() / 2; ++k) response.gains.push_back(std::abs(x[k]) / kClick);
    return response;
}

std::pair<double, double> top_of(const Response& response) {
    std::pair<double, double> top{0, -1000};
    for (double hertz = 20; hertz < 20000; hertz *= 1.002)
        if (const double db = response.db(hertz); db > top.second) top = {hertz, db};
    return top;
}

double corner_of(const Response& response) {
    const double level = response.db(20);
    for (double hertz = 20; hertz < 20000; hertz *= 1.0001)
        if (response.db(hertz) < level - 3.0103) return hertz;
    return 0;
}

}  // namespace chronus::figures
