//! Many jobs on several threads, results in the order of the jobs, a bounded number under way.
//!
//! Threads are our own and not a pool's, because a job that takes too long cannot be stopped in Rust, only left behind: its thread is given up and
//! another takes its place.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The name of the threads that work on documents.
pub const THREAD_NAME: &str = "policylens-worker";

/// Deeply nested mark-up makes readers recurse; the default of 2 MB would be little.
const STACK_BYTES: usize = 16 << 20;

/// Results that may wait for an earlier one, as a multiple of the threads. They are small beside a document under analysis.
const WINDOW: usize = 4;

/// How often the stop flag is looked at.
const POLL: Duration = Duration::from_millis(50);

/// How to run.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Threads that work; 0 is taken as 1.
    pub threads: usize,
    /// Time that one job may take.
    pub timeout: Option<Duration>,
    /// When it becomes true, no further job is begun; those under way are finished.
    pub stop: Option<Arc<AtomicBool>>,
}

/// Runs `work` on every job and gives the results to `emit` in the order of the jobs; `late` makes the result of a job that ran out of time.
/// At most `4 × threads` jobs are begun before the earliest of them is emitted.
///
/// # Errors
/// The first error of `emit`, after which no further job is begun; or if no thread can be started.
pub fn in_order<J, R, E>(
    jobs: impl Iterator<Item = J> + Send + 'static,
    plan: &Plan,
    work: impl Fn(&J) -> R + Send + Sync + 'static,
    late: impl Fn(&J) -> R,
    mut emit: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    J: Send + Sync + 'static,
    R: Send + 'static,
    E: From<io::Error>,
{
    let threads = plan.threads.max(1);
    let shared = Arc::new(Shared {
        jobs: Mutex::new(Box::new(jobs)),
        state: Mutex::new(State::new(threads * WINDOW)),
        changed: Condvar::new(),
        emitted: Condvar::new(),
        work: Box::new(work),
    });
    for _ in 0..threads {
        shared.start_thread()?;
    }
    let result = supervise(&shared, plan, &late, &mut emit);
    shared.lock().exhausted = true;
    shared.emitted.notify_all();
    result
}

struct Shared<J, R> {
    /// Held while a job is fetched, so that jobs are numbered in their order.
    jobs: Mutex<Box<dyn Iterator<Item = J> + Send>>,
    state: Mutex<State<J, R>>,
    /// There is something for the supervisor: the result whose turn it is, or the end.
    changed: Condvar,
    /// A result was emitted, or no further job is to be begun: there is something for the threads that wait for room.
    emitted: Condvar,
    work: Box<dyn Fn(&J) -> R + Send + Sync>,
}

struct State<J, R> {
    window: usize,
    /// The number of the next job.
    next: usize,
    emitted: usize,
    /// Threads that wait until a result is emitted.
    waiting: usize,
    /// No further job is to be begun.
    exhausted: bool,
    running: BTreeMap<usize, (Instant, Arc<J>)>,
    done: BTreeMap<usize, R>,
}

impl<J, R> State<J, R> {
    fn new(window: usize) -> Self {
        Self { window, next: 0, emitted: 0, waiting: 0, exhausted: false, running: BTreeMap::new(), done: BTreeMap::new() }
    }
}

impl<J: Send + Sync + 'static, R: Send + 'static> Shared<J, R> {
    fn lock(&self) -> MutexGuard<'_, State<J, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start_thread(self: &Arc<Self>) -> io::Result<()> {
        let shared = Arc::clone(self);
        let body = move || while shared.one_job() {};
        thread::Builder::new().name(THREAD_NAME.to_owned()).stack_size(STACK_BYTES).spawn(body).map(drop)
    }

    /// Fetches a job and does it. False if there is none, or if the job took so long that the thread was given up.
    fn one_job(&self) -> bool {
        let Some((number, job)) = self.fetch() else { return false };
        let result = (self.work)(&job);
        let mut state = self.lock();
        if state.running.remove(&number).is_none() {
            return false;
        }
        state.done.insert(number, result);
        let is_turn = number == state.emitted;
        drop(state);
        // A notice costs a system call: results that wait for an earlier one need none.
        if is_turn {
            self.changed.notify_one();
        }
        true
    }

    fn fetch(&self) -> Option<(usize, Arc<J>)> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self.lock();
        while !state.exhausted && state.next >= state.emitted + state.window {
            state.waiting += 1;
            state = self.emitted.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        if state.exhausted {
            return None;
        }
        drop(state);
        let job = jobs.next();
        let mut state = self.lock();
        let Some(job) = job.filter(|_| !state.exhausted) else {
            state.exhausted = true;
            self.changed.notify_one();
            self.emitted.notify_all();
            return None;
        };
        let (number, job) = (state.next, Arc::new(job));
        state.next += 1;
        state.running.insert(number, (Instant::now(), Arc::clone(&job)));
        Some((number, job))
    }
}

fn supervise<J, R, E>(shared: &Arc<Shared<J, R>>, plan: &Plan, late: &impl Fn(&J) -> R, emit: &mut impl FnMut(R) -> Result<(), E>) -> Result<(), E>
where
    J: Send + Sync + 'static,
    R: Send + 'static,
    E: From<io::Error>,
{
    loop {
        let mut state = shared.lock();
        let turn = state.emitted;
        if let Some(result) = state.done.remove(&turn) {
            drop(state);
            emit(result)?;
            let mut state = shared.lock();
            state.emitted += 1;
            if state.waiting > 0 {
                shared.emitted.notify_all();
            }
            continue;
        }
        if plan.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            state.exhausted = true;
            shared.emitted.notify_all();
        }
        if state.exhausted && state.emitted == state.next {
            return Ok(());
        }
        if let Some(number) = overdue(&state, plan.timeout) {
            if let Some((_, job)) = state.running.remove(&number) {
                state.done.insert(number, late(&job));
            }
            drop(state);
            shared.start_thread()?;
            continue;
        }
        let patience = patience(&state, plan);
        match patience {
            Some(patience) => drop(shared.changed.wait_timeout(state, patience)),
            None => drop(shared.changed.wait(state)),
        }
    }
}

fn overdue<J, R>(state: &State<J, R>, timeout: Option<Duration>) -> Option<usize> {
    let timeout = timeout?;
    state.running.iter().find(|(_, (started, _))| started.elapsed() >= timeout).map(|(&number, _)| number)
}

/// How long to wait for a change: to the next deadline, or to the next look at the stop flag.
fn patience<J, R>(state: &State<J, R>, plan: &Plan) -> Option<Duration> {
    let deadline = plan.timeout.and_then(|timeout| state.running.values().map(|(started, _)| timeout.saturating_sub(started.elapsed())).min());
    let poll = plan.stop.as_ref().map(|_| POLL);
    deadline.into_iter().chain(poll).min().or(plan.timeout)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(jobs: Vec<u64>, plan: &Plan, work: impl Fn(&u64) -> String + Send + Sync + 'static) -> Vec<String> {
        let mut out = Vec::new();
        let emit = |result| -> io::Result<()> {
            out.push(result);
            Ok(())
        };
        in_order(jobs.into_iter(), plan, work, |job| format!("late {job}"), emit).expect("emit does not fail");
        out
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let plan = Plan { threads: 8, ..Plan::default() };
        let work = |&job: &u64| {
            thread::sleep(Duration::from_millis(job % 7));
            job.to_string()
        };
        let expected: Vec<String> = (0..200).map(|job| job.to_string()).collect();
        assert_eq!(run((0..200).collect(), &plan, work), expected);
    }

    #[test]
    fn a_job_that_takes_too_long_is_given_up_and_the_others_are_done() {
        let plan = Plan { threads: 1, timeout: Some(Duration::from_millis(100)), stop: None };
        let work = |&job: &u64| {
            if job == 1 {
                thread::sleep(Duration::from_secs(20));
            }
            job.to_string()
        };
        assert_eq!(run(vec![0, 1, 2], &plan, work), ["0", "late 1", "2"]);
    }

    #[test]
    fn after_a_stop_no_job_is_begun() {
        let stop = Arc::new(AtomicBool::new(false));
        let plan = Plan { threads: 1, timeout: None, stop: Some(Arc::clone(&stop)) };
        let work = move |&job: &u64| {
            stop.store(true, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(100));
            job.to_string()
        };
        assert!(run((0..100).collect(), &plan, work).len() < 5);
    }

    #[test]
    fn an_error_of_the_writer_ends_the_run() {
        let plan = Plan { threads: 2, ..Plan::default() };
        let result = in_order(0..1000u64, &plan, |&job| job, |&job| job, |job| if job < 3 { Ok(()) } else { Err(io::Error::other("disk full")) });
        assert_eq!(result.expect_err("the fourth result fails").to_string(), "disk full");
    }
}
