// How what is linear answers each frequency.
#pragma once
#include "figures/rack.h"
#include "sound/measure.h"

namespace chronus::figures {

// Of the first main output to the first main input, by a click so small that nothing bends.
struct Response {
    std::vector<double> gains;  // at k * kRate / 2 / gains.size()
    double db(double hertz) const;
    std::pair<double, double> range_db(double low, double high) const;  // least and most between two frequencies
};
Response response_of(const Type& type, Stimulus stimulus = {});
// The highest point within what is heard: its frequency and level.
std::pair<double, double> top_of(const Response& response);

// Where a filter is 3 dB below its level at 20 Hz; 0: nowhere.
double corner_of(const Response& response);

}  // namespace chronus::figures
