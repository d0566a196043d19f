//! What the project promises, as tests: see the folder `tests`.

/// The pages of the generated crate: their examples are compiled as the tests of this documentation. The test `docs` sees
/// that none is forgotten.
#[cfg(doctest)]
pub mod pages {
    #[doc = include_str!("../../README.md")]
    pub mod project {}

    #[doc = include_str!("../../generated/README.md")]
    pub mod readme {}

    #[doc = include_str!("../../generated/docs/AuthenticationApi.md")]
    pub mod authentication {}
}
