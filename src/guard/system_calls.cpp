// Catches system calls by Syscall User Dispatch: while the thread's selector is 1, the kernel raises SIGSYS
// instead of doing the call. The handler reports it, then does the call itself, so counting changes nothing.
#include "guard/guard.h"
#include "guard/watch.h"

#if CHRONUS_GUARD_WATCHES && defined(__x86_64__)
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

// The gate: the one range of code whose system calls the kernel always lets pass. In it are
// - the return from a signal handler, spelled as the C library does so that unwinders know it,
// - a system call with the number as the first argument.
extern "C" {
extern const char chronus_guard_gate_begin[];
extern const char chronus_guard_gate_end[];
extern const char chronus_guard_return_call[];
void chronus_guard_return();
long chronus_guard_call(long number, long, long, long, long, long, long);
}
asm(R"(
    .pushsection .text
    .globl chronus_guard_gate_begin, chronus_guard_return, chronus_guard_return_call
    .globl chronus_guard_call, chronus_guard_gate_end
chronus_guard_gate_begin:
    nop
chronus_guard_return:
    mov $15, %rax
chronus_guard_return_call:
    syscall
chronus_guard_call:
    mov %rdi, %rax
    mov %rsi, %rdi
    mov %rdx, %rsi
    mov %rcx, %rdx
    mov %r8, %r10
    mov %r9, %r8
    mov 8(%rsp), %r9
    syscall
    ret
chronus_guard_gate_end:
    .popsection
)");

namespace chronus::guard {
namespace {

// The kernel's own form of a signal action; the C library's would put its own way back in place of ours.
struct KernelAction {
    void (*handler)(int, siginfo_t*, void*);
    unsigned long flags;
    void (*restorer)();
    std::uint64_t mask;
};
constexpr unsigned long kHasRestorer = 0x04000000;

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#define PR_SYS_DISPATCH_ON 1
#endif

void on_system_call(int, siginfo_t* info, void* context) {
    auto& registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
    if (info->si_syscall == SYS_rt_sigreturn) {
        // Another signal's handler ended inside a scope, which is nobody's fault: end it through the gate.
        registers[REG_RIP] = reinterpret_cast<greg_t>(chronus_guard_return_call);
        registers[REG_RAX] = SYS_rt_sigreturn;
        return;
    }
    report("system call", info->si_syscall);
    registers[REG_RAX] =
        chronus_guard_call(info->si_syscall, registers[REG_RDI], registers[REG_RSI], registers[REG_RDX],
                           registers[REG_R10], registers[REG_R8], registers[REG_R9]);
}

bool install_handler() {
    const KernelAction action{on_system_call, SA_SIGINFO | kHasRestorer, chronus_guard_return, 0};
    return syscall(SYS_rt_sigaction, SIGSYS, &action, nullptr, sizeof action.mask) == 0;
}

bool ask_kernel() {
    const auto length = static_cast<unsigned long>(chronus_guard_gate_end - chronus_guard_gate_begin);
    return prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, chronus_guard_gate_begin, length,
                 &selector) == 0;
}

CHRONUS_GUARD_LOCAL bool asked = false;
CHRONUS_GUARD_LOCAL bool watched = false;

struct Name {
    long number;
    const char* name;
};
// Those that real-time code is likely to make by mistake.
constexpr Name kNames[] = {
    {SYS_read, "read"},       {SYS_write, "write"},
    {SYS_writev, "writev"},   {SYS_openat, "openat"},
    {SYS_close, "close"},     {SYS_mmap, "mmap"},
    {SYS_munmap, "munmap"},   {SYS_mprotect, "mprotect"},
    {SYS_madvise, "madvise"}, {SYS_brk, "brk"},
    {SYS_ioctl, "ioctl"},     {SYS_poll, "poll"},
    {SYS_futex, "futex"},     {SYS_nanosleep, "nanosleep"},
    {SYS_sendto, "sendto"},   {SYS_clock_nanosleep, "clock_nanosleep"},
    {SYS_sendmsg, "sendmsg"}, {SYS_sched_yield, "sched_yield"},
    {SYS_recvmsg, "recvmsg"}, {SYS_clock_gettime, "clock_gettime"},
    {SYS_gettid, "gettid"},   {SYS_sched_getscheduler, "sched_getscheduler"},
    {SYS_getpid, "getpid"},   {SYS_getrandom, "getrandom"},
    {SYS_tgkill, "tgkill"},   {SYS_rt_sigprocmask, "rt_sigprocmask"},
};

}  // namespace

void watch_system_calls_of_this_thread() noexcept {
    if (asked) return;
    asked = true;
    static const bool installed = install_handler();
    watched = installed && ask_kernel();
}

const char* system_call_name(long number) noexcept {
    for (const Name& row : kNames)
        if (row.number == number) return row.name;
    return "see asm/unistd_64.h";
}

bool watches_system_calls() noexcept {
    watch_system_calls_of_this_thread();
    return watched;
}

}  // namespace chronus::guard
#else
namespace chronus::guard {
void watch_system_calls_of_this_thread() noexcept {}
const char* system_call_name(long) noexcept {
    return "";
}
bool watches_system_calls() noexcept {
    return false;
}
}  // namespace chronus::guard
#endif
