//! Work on many things at once, by threads that end with the call.

use std::num::NonZeroUsize;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many threads may work at once; one by default. Their number decides nothing but the time that a run takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threads(pub NonZeroUsize);

impl Default for Threads {
    fn default() -> Self {
        Self(NonZeroUsize::MIN)
    }
}

/// What `work` makes of each item, in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(threads: Threads, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    // Whoever is free takes the next item, since some take much longer than others.
    let share = || {
        let take = || {
            let place = next.fetch_add(1, Ordering::Relaxed);
            Some((place, work(items.get(place)?)))
        };
        std::iter::from_fn(take).collect::<Vec<_>>()
    };
    let mut all = thread::scope(|scope| {
        let helpers = threads.0.get().min(items.len()).saturating_sub(1);
        let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(share)).collect();
        let mut all = share();
        for helper in helpers {
            all.extend(helper.join().unwrap_or_else(|fault| panic::resume_unwind(fault)));
        }
        all
    });
    all.sort_unstable_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, made)| made).collect()
}

/// What both make, the first of them in a thread of its own where more than one may work.
pub(crate) fn both<A: Send, B>(threads: Threads, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    if threads == Threads::default() {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|fault| panic::resume_unwind(fault)), other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_made() {
        for threads in [1, 2] {
            let threads = Threads(NonZeroUsize::new(threads).unwrap());
            let mut count = 0;
            assert_eq!(both(threads, || "one", || count += 1), ("one", ()));
            assert_eq!(count, 1);
        }
    }

    #[test]
    fn what_is_made_stands_in_the_order_of_the_items() {
        let check = |threads: usize, items: usize| {
            let items: Vec<usize> = (0..items).collect();
            let made = map(Threads(NonZeroUsize::new(threads).unwrap()), &items, |item| item * 2);
            assert_eq!(made, items.iter().map(|item| item * 2).collect::<Vec<_>>(), "{threads} threads");
        };
        for threads in [1, 2, 7] {
            for items in [0, 1, 2, 1_000] {
                check(threads, items);
            }
        }
    }
}
