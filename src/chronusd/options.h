// What the daemon was asked to do.
#pragma once
#include <optional>
#include <string>

#include "audio/device.h"
#include "osc/wire.h"

namespace chronus {

struct Options {
    std::string file;           // a .chr file; empty: the classic studio
    bool empty = false;
    DeviceRequest device;
    WireOptions wire;
    double seconds = 0;         // 0: until told to stop
    std::string whereabouts;    // a file that shows which module type is run; empty: nobody looks
    std::string log;            // empty: in the folder of sessions
    bool no_log = false;
    double past_minutes = 10;   // of what was heard, to be kept
    bool resume = false;
    bool keep_alive = false;
    bool kept = false;          // there is somebody who starts it again
    bool list_devices = false;
    std::string reference;      // osc or modules: print it, and nothing else
    std::string figures;        // a file of what was measured, for the reference of the modules

    std::string render;         // a .chr file or a log
    std::string out = "out.wav";
    std::string samples = "float";
    int bars = 0;               // 0: the song's own length, else 16
    double tail = 2;            // seconds after the end
};

// Nothing if the process should end with `status`.
std::optional<Options> read_options(int count, char** words, int& status);

}  // namespace chronus
