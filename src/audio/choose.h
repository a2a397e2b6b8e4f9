// From a request to a device that is ready to start.
#pragma once
#include <memory>
#include <string>

#include "audio/device.h"

namespace chronus {

// Without a name it is the best that opens, or the null device with a one-line notice that says so;
// with one it is that device or a Refusal. What refuses the rate is always a Refusal.
Result<std::unique_ptr<Device>> open_device(const DeviceRequest& request, std::string& notice);

}  // namespace chronus
