#include "handoff/mailbox.h"

#include <memory>
#include <thread>

#include "catch.h"

using namespace chronus;

TEST_CASE("mail keeps its order across kinds", "[mailbox]") {
    const auto mail = std::make_unique<Mailbox>();
    constexpr EventKind kKinds[] = {EventKind::plan, EventKind::set, EventKind::gate, EventKind::note, EventKind::note_set,
                                    EventKind::track, EventKind::tempo, EventKind::panic};
    for (std::uint32_t n = 0; n < 1000; ++n) REQUIRE(mail->send({.kind = kKinds[n % 8], .module = n}));
    Event event;
    for (std::uint32_t n = 0; n < 1000; ++n) {
        REQUIRE(mail->take(event));
        REQUIRE(event.kind == kKinds[n % 8]);
        REQUIRE(event.module == n);
    }
    CHECK_FALSE(mail->take(event));
}

TEST_CASE("mail is numbered from 1, and what found no room has no number", "[mailbox]") {
    const auto mail = std::make_unique<Mailbox>();
    CHECK(mail->sent() == 0);
    std::uint64_t taken = 0;
    while (mail->send({.kind = EventKind::play})) ++taken;
    CHECK(mail->sent() == taken);
    CHECK(taken >= Mailbox::kDown);
    Event event;
    while (mail->take(event)) {}
    REQUIRE(mail->send({.kind = EventKind::play}));
    CHECK(mail->sent() == taken + 1);
}

TEST_CASE("room is what is left, and none when it is full", "[mailbox]") {
    const auto mail = std::make_unique<Mailbox>();
    CHECK(mail->room() == Mailbox::kDown);
    for (int i = 0; i < 10; ++i) mail->send({.kind = EventKind::play});
    CHECK(mail->room() == Mailbox::kDown - 10);
    while (mail->send({.kind = EventKind::play})) {}
    CHECK(mail->room() == 0);

    while (mail->report({.kind = ReportKind::taken})) {}
    CHECK(mail->report_room() == 0);
    Report report;
    std::size_t received = 0;
    while (mail->receive(report)) ++received;
    CHECK(received >= Mailbox::kUp);
    CHECK(mail->report_room() == Mailbox::kUp);
}

TEST_CASE("what is held is shown all at once", "[mailbox]") {
    const auto mail = std::make_unique<Mailbox>();
    mail->send({.kind = EventKind::play});
    CHECK(mail->shown() == 1);
    mail->hold();
    mail->send({.kind = EventKind::play});
    mail->send({.kind = EventKind::play});
    CHECK(mail->shown() == 1);
    mail->show();
    CHECK(mail->shown() == 3);
    mail->send({.kind = EventKind::play});
    CHECK(mail->shown() == 4);
}

TEST_CASE("between two threads no mail is lost and none changes places", "[mailbox]") {
    constexpr std::uint32_t kCount = 300000;
    const auto mail = std::make_unique<Mailbox>();
    std::thread studio([&] {
        for (std::uint32_t n = 0; n < kCount;)
            if (mail->send({.kind = EventKind::set, .module = n, .frame = n})) ++n;
            else std::this_thread::yield();
    });
    std::uint32_t wrong = 0;
    Event event;
    for (std::uint32_t n = 0; n < kCount;) {
        if (!mail->take(event)) continue;
        wrong += event.module != n || event.frame != n;
        ++n;
    }
    studio.join();
    CHECK(wrong == 0);
    CHECK(mail->sent() == kCount);
}
