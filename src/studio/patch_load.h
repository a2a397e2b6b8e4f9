// From a patch's text to the studio.
#pragma once
#include <string>

#include "studio/request.h"

namespace chronus {

// The request's draft becomes what the lines make of an empty studio; the transport goes on. A line that cannot be
// done is left out and named in the notes. Refused as `file` where nothing of it can be done.
// The log gets the lines that were done, so that a replay needs no file.
Result<Done> load_patch(Request& request, const std::string& name, const std::string& text);

}  // namespace chronus
