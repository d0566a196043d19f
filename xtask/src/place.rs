//! Where things are: the workspace, the description, its configuration and the crate.

use std::env;
use std::path::{Path, PathBuf};

use generator::diagnostic::{Diagnostic, catalog};

use crate::Failure;
use crate::cli::Codegen;

/// A path, and how messages show it: as the user typed it, or from the root of the workspace.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) path: PathBuf,
    pub(crate) shown: String,
}

/// What a run reads and where it writes.
#[derive(Debug)]
pub(crate) struct Places {
    /// The folder of the description.
    pub(crate) folder: Named,
    /// The name of the description in it.
    pub(crate) entry: String,
    /// The configuration, where there is one.
    pub(crate) config: Option<Named>,
    /// The folder of the crate.
    pub(crate) out: Named,
}

/// Why there is nothing to run on.
pub(crate) enum NoPlace {
    Failure(Failure),
    Said(Diagnostic),
}

/// Finds everything that a run needs to know of.
pub(crate) fn find(args: &Codegen) -> Result<Places, NoPlace> {
    let config = args.config.as_deref().map(Named::typed);
    let out = args.out.as_deref().map(Named::typed);
    let Some(spec) = &args.spec else {
        return in_workspace(config, out);
    };
    if out.is_none() && args.emit.is_none() {
        let why = "`--spec` needs `--out DIR`: generated/ belongs to the description in spec/";
        return Err(NoPlace::Failure(Failure::Usage(why.to_owned())));
    }
    let (folder, entry) = match (spec.parent(), spec.file_name()) {
        (Some(folder), Some(entry)) => (folder, entry.to_string_lossy().into_owned()),
        // `.`, `..` and `/` are folders, and are refused as such when they are read.
        _ => return Err(NoPlace::Said(catalog::output::folder_as_description(&Named::typed(spec).shown))),
    };
    Ok(Places {
        folder: Named::typed(folder),
        entry,
        config,
        out: out.unwrap_or_else(|| Named { path: PathBuf::new(), shown: String::new() }),
    })
}

fn in_workspace(config: Option<Named>, out: Option<Named>) -> Result<Places, NoPlace> {
    let root = workspace();
    let inside = |step: &str| Named { path: root.join(step), shown: step.to_owned() };
    let folder = inside("spec");
    // What stands there is judged when it is read: a link or a folder of that name is not passed over here.
    let exists = |name: &str| folder.path.join(name).symlink_metadata().is_ok();
    let found: Vec<&str> =
        ["openapi.yaml", "openapi.yml", "openapi.json"].into_iter().filter(|name| exists(name)).collect();
    let [entry] = found[..] else {
        let found: Vec<String> = found.iter().map(|name| format!("`spec/{name}`")).collect();
        return Err(NoPlace::Said(catalog::output::no_description("spec", &found)));
    };
    let usual = exists("codegen.toml").then(|| inside("spec/codegen.toml"));
    Ok(Places {
        entry: entry.to_owned(),
        config: config.or(usual),
        out: out.unwrap_or_else(|| inside("generated")),
        folder,
    })
}

/// The root of the workspace: the nearest folder upwards that has a manifest and `spec/`; from elsewhere the folder
/// that this program was built in.
pub(crate) fn workspace() -> PathBuf {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let is_root = |folder: &&Path| folder.join("Cargo.toml").is_file() && folder.join("spec").is_dir();
    let here = env::current_dir().unwrap_or_default();
    // Below the root that built this program there may be fixtures which look like a root.
    if here.starts_with(built) {
        return built.to_owned();
    }
    here.ancestors().find(is_root).unwrap_or(built).to_owned()
}

impl Named {
    /// The path as the user typed it.
    pub(crate) fn typed(path: &Path) -> Self {
        // Rebuilt from its steps a path has no final slash, which would hide that its last step is a link.
        let path: PathBuf = path.components().collect();
        let shown = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        Self { path, shown }
    }
}
