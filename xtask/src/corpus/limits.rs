//! Time and memory of processes, where the system tells: Unix has limits and usage, Linux also the peak of a process.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};

use serde::{Deserialize, Serialize};

use super::file;

/// What a command and the processes that it started used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Usage {
    /// From start to end.
    pub(super) seconds: f64,
    /// In the processor, of all processes together; `None` where the system does not tell.
    pub(super) cpu_seconds: Option<f64>,
    /// Of the largest process, in MiB; `None` where the system does not tell.
    pub(super) peak_mib: Option<f64>,
}

impl Usage {
    /// How long it took on a machine that does nothing else, in seconds, as well as it can be told.
    pub(super) fn time(&self) -> f64 {
        self.cpu_seconds.unwrap_or(self.seconds)
    }
}

/// The largest memory that this process had so far, in MiB; `None` where the system does not tell.
pub(super) fn own_peak_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u32 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(f64::from(kib) / 1024.0)
}

/// The processor time of this process so far, in seconds; `None` where the system does not tell.
#[cfg(unix)]
pub(super) fn own_cpu_seconds() -> Option<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_SELF).ok()?;
    Some(seconds(usage.user_time()) + seconds(usage.system_time()))
}

#[cfg(unix)]
fn seconds(time: nix::sys::time::TimeVal) -> f64 {
    time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
}

/// Has the system end this process and those it starts when one of them computes for longer.
#[cfg(unix)]
pub(super) fn limit_cpu(seconds: u64) {
    use nix::sys::resource::{Resource, setrlimit};
    // A system that refuses the limit leaves the run without one, as on systems that have none.
    let _ = setrlimit(Resource::RLIMIT_CPU, seconds, seconds + 10);
}

/// Has the system refuse this process and those it starts memory beyond that.
#[cfg(unix)]
pub(super) fn limit_memory(mib: u64) {
    use nix::sys::resource::{Resource, setrlimit};
    let _ = setrlimit(Resource::RLIMIT_AS, mib << 20, mib << 20);
}

/// The processor time and the largest process of all children that were waited for: seconds and MiB.
#[cfg(unix)]
pub(super) fn of_children() -> (Option<f64>, Option<f64>) {
    use nix::sys::resource::{UsageWho, getrusage};
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return (None, None) };
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    // Apple's systems count bytes, all others kibibytes.
    let unit = if cfg!(target_vendor = "apple") { 1024.0 * 1024.0 } else { 1024.0 };
    (Some(cpu), Some(usage.max_rss() as f64 / unit))
}

#[cfg(not(unix))]
pub(super) fn own_cpu_seconds() -> Option<f64> {
    None
}

#[cfg(not(unix))]
pub(super) fn limit_cpu(_seconds: u64) {}

#[cfg(not(unix))]
pub(super) fn limit_memory(_mib: u64) {}

#[cfg(not(unix))]
pub(super) fn of_children() -> (Option<f64>, Option<f64>) {
    (None, None)
}

/// Has a program take the place of this process, under its limits.
///
/// # Errors
///
/// The program cannot be run; the error names it.
#[cfg(unix)]
pub(super) fn become_program(program: &Path) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(file::at(program, Command::new(program).exec()))
}

#[cfg(not(unix))]
pub(super) fn become_program(program: &Path) -> io::Result<ExitCode> {
    let status = Command::new(program).status().map_err(|error| file::at(program, error))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Whether a process was ended by the limit of [`limit_cpu`].
#[cfg(unix)]
pub(super) fn is_time_out(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    const SIGXCPU: i32 = 24;
    status.signal() == Some(SIGXCPU)
}

#[cfg(not(unix))]
pub(super) fn is_time_out(_status: std::process::ExitStatus) -> bool {
    false
}
