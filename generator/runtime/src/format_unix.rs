//! Times that JSON has as whole seconds since the start of 1970.

use std::time::{Duration, SystemTime};

use super::codec::{Decode, Encode};
use super::decode_error::{DecodeError, Reason};
use super::json::Value;

impl Decode for SystemTime {
    fn decode(value: Value<'_>) -> Result<Self, DecodeError> {
        let seconds = i64::decode(value)?;
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let time = match seconds {
            0.. => Self::UNIX_EPOCH.checked_add(distance),
            _ => Self::UNIX_EPOCH.checked_sub(distance),
        };
        let reason = Reason::OutOfRange { expected: "a time of this system", found: seconds.into() };
        time.ok_or_else(|| DecodeError::new(reason))
    }
}

impl Encode for SystemTime {
    /// The second in which the time lies.
    fn encode(&self) -> Value<'_> {
        let second = match self.duration_since(Self::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
            Err(before) => {
                let before = before.duration();
                let whole = before.as_secs() + u64::from(before.subsec_nanos() > 0);
                i64::try_from(whole).map_or(i64::MIN, |seconds| -seconds)
            }
        };
        Value::from(second)
    }
}
