//! Temporary: the stages that other branches build, each as small as its callers need it to compile and to be tested.
//! Remove this module as they arrive.

/// Becomes `source::load`: reads the entry and records it in the sources.
pub(crate) mod load {
    use super::bundle::ReadError;
    use super::render::Sources;
    use crate::Input;
    use crate::diagnostic::{Code, Control, Diagnostic, Diagnostics, Level, Place, Refused};
    use crate::source::Node;

    static UNREADABLE_FILE: Code = Code {
        name: "unreadable-file",
        level: Level::Error,
        control: Control::Fixed,
        summary: "a file cannot be read",
        explanation: "",
    };

    pub(crate) fn load(input: &Input<'_>, sources: &mut Sources, said: &mut Diagnostics) -> Result<Node, Refused> {
        let name = if input.folder.is_empty() {
            input.entry.to_owned()
        } else {
            format!("{}/{}", input.folder.trim_end_matches('/'), input.entry)
        };
        let why = match input.documents.read(input.entry) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                sources.add(&name, &text);
                return Ok(Node::String(text));
            }
            Err(ReadError::NotFound) => "there is no such file".to_owned(),
            Err(ReadError::Folder) => "it is a folder".to_owned(),
            Err(ReadError::Outside) => "it is a link out of its folder".to_owned(),
            Err(ReadError::TooLarge) => "it is too large".to_owned(),
            Err(ReadError::Other(why)) => why,
        };
        said.push(Diagnostic {
            code: &UNREADABLE_FILE,
            message: format!("`{name}` cannot be read: {why}"),
            place: Place::File(name),
            related: Vec::new(),
            help: "name an OpenAPI description with `--spec FILE`".to_owned(),
        });
        Err(Refused)
    }
}

/// Becomes `bundle`.
pub mod bundle {
    use super::render::Sources;
    use crate::diagnostic::{Diagnostics, Refused};
    use crate::source::Node;

    /// The files that a description may be made of.
    pub trait Documents {
        /// The bytes of the file at `path`, which is relative to the folder of the description, normalised and
        /// separated by `/`.
        ///
        /// # Errors
        ///
        /// When the file is not there, not a file, or not one that may be read.
        fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;
    }

    /// Why a file was not read.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum ReadError {
        /// There is none.
        NotFound,
        /// It is a folder.
        Folder,
        /// It lies outside of the description's folder.
        Outside,
        /// It is larger than the limit.
        TooLarge,
        /// The system's words, or another reason.
        Other(String),
    }

    pub(crate) fn resolve(
        tree: Node,
        _: &dyn Documents,
        _: &mut Sources,
        _: &mut Diagnostics,
    ) -> Result<Node, Refused> {
        Ok(tree)
    }
}

/// Becomes `diagnostic::render` and `source::Sources`.
pub mod render {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use crate::diagnostic::{Diagnostics, Level, Place};

    /// The files that were read, by their names.
    #[derive(Clone, Debug, Default)]
    pub struct Sources(BTreeMap<String, String>);

    impl Sources {
        /// Adds a file.
        pub fn add(&mut self, name: &str, text: &str) {
            self.0.insert(name.to_owned(), text.to_owned());
        }
    }

    /// For people.
    pub fn human(said: &Diagnostics, sources: &Sources, _color: bool) -> String {
        let mut out = String::new();
        for (level, diagnostic) in said.iter() {
            let level = if level == Level::Error { "error" } else { "warning" };
            let (file, line, column) = place(&diagnostic.place, sources);
            let _ = writeln!(out, "{level}[{}]: {}", diagnostic.code.name, diagnostic.message);
            let _ = writeln!(out, "  --> {file}:{line}:{column}\n   = help: {}", diagnostic.help);
        }
        out
    }

    /// For programs: an object a line.
    pub fn json(said: &Diagnostics, sources: &Sources) -> String {
        let mut out = String::new();
        for (_, diagnostic) in said.iter() {
            let (file, line, column) = place(&diagnostic.place, sources);
            let object = serde_json::json!({ "code": diagnostic.code.name, "message": diagnostic.message,
                "file": file, "line": line, "column": column, "help": diagnostic.help });
            let _ = writeln!(out, "{object}");
        }
        out
    }

    /// For GitHub Actions.
    pub fn github(said: &Diagnostics, sources: &Sources) -> String {
        let mut out = String::new();
        for (_, diagnostic) in said.iter() {
            let (file, line, column) = place(&diagnostic.place, sources);
            let title = diagnostic.code.name;
            let _ = writeln!(out, "::error file={file},line={line},col={column},title={title}::{}", diagnostic.message);
        }
        out
    }

    fn place<'a>(place: &'a Place, sources: &Sources) -> (&'a str, usize, usize) {
        match place {
            Place::File(name) => (name, 1, 1),
            Place::Text(name, span) => {
                let before = sources.0.get(name).and_then(|text| text.get(..span.start)).unwrap_or_default();
                let line_start = before.rfind('\n').map_or(0, |end| end + 1);
                (name, before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
            }
            Place::Node(..) => ("", 1, 1),
        }
    }
}

pub(crate) mod emit {
    use crate::config::Config;
    use crate::facts::Facts;
    use crate::files::{Files, mark_line};
    use crate::ir::Api;
    use crate::name::Names;

    pub(crate) fn files(api: &Api, _: &Facts, _: &Names, config: &Config) -> Files {
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"{}\"\nedition = \"2024\"\n\n[workspace]\n",
            config.crate_name(),
            config.package.version
        );
        let docs: String = api.title.lines().map(|line| format!("//! {line}\n")).collect();
        let mut files = Files::new();
        for (path, text) in [("Cargo.toml".to_owned(), manifest), ("src/lib.rs".to_owned(), docs)] {
            let text = format!("{}\n\n{text}", mark_line(&path));
            let _ = files.insert(path, text);
        }
        files
    }
}

/// Becomes something of `source`: the text of a tree.
pub fn to_text(node: &crate::source::Node) -> String {
    node.as_str().map_or_else(|| format!("{node:#?}\n"), str::to_owned)
}
