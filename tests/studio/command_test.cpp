// The command table.
#include "studio/command.h"

#include "studio/instrument.h"

using namespace chronus;

TEST_CASE("a wrong address is answered with the nearest right one") {
    Instrument instrument;
    CHECK(said(instrument.take("/seq/strat")).find("/seq/start") != std::string::npos);
    CHECK(said(instrument.take("/creat kick")).find("/create") != std::string::npos);
}
