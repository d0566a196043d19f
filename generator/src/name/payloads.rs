//! Names of payloads.

use super::assign::{Context, Wanted};
use super::scope::Scope;
use super::words::Case;
use super::{Names, PayloadNames};
use crate::ir::Cause;

impl Context<'_, '_> {
    /// Payloads, all at once.
    pub(super) fn payloads(&mut self, names: &mut Names) {
        let api = self.api;
        let wanted = api.payloads.values().map(|payload| {
            let key = &payload.key;
            let mut candidates = vec![key.clone()];
            if let Cause::Callback { operation, .. } = &payload.cause {
                candidates.push(format!("{} {key}", names.of_operation(*operation).full));
            }
            candidates.push(format!("{key} {}", payload.method));
            candidates.extend(payload.id.clone());
            Wanted { origin: payload.origin.clone(), candidates }
        });
        let wanted: Vec<Wanted> = wanted.collect();
        let named = self.name_all(&mut Scope::new(Case::Shouty, &[]), &wanted);
        names.payloads = named
            .into_iter()
            .zip(wanted)
            .map(|(named, wanted)| {
                let chosen = named.choice.and_then(|choice| wanted.candidates.get(choice)).cloned();
                let full = chosen.unwrap_or_else(|| named.name.to_string().to_lowercase());
                PayloadNames { constant: named.name, full }
            })
            .collect();
    }
}
