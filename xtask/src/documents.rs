//! The one folder that a description may be read from.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use generator::bundle::{Documents, ReadError};

/// Reads regular files whose real place lies in one folder, and no others.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    limit: u64,
}

impl Folder {
    /// The folder at `path`, with a limit of bytes for each of its files. That it exists is found out by reading.
    pub(crate) fn new(path: &Path, limit: u64) -> Self {
        let path = if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_owned() };
        Self { path, limit }
    }
}

impl Documents for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if !path.split('/').all(is_plain_step) {
            return Err(ReadError::Outside);
        }
        // Links are followed before the place is judged: what counts is where the file really is.
        let root = fs::canonicalize(&self.path).map_err(refused)?;
        let real = fs::canonicalize(root.join(path)).map_err(refused)?;
        if !real.starts_with(&root) {
            return Err(ReadError::Outside);
        }
        // Only then is it opened, since opening a pipe waits for somebody to write to it.
        let metadata = fs::metadata(&real).map_err(refused)?;
        if metadata.is_dir() {
            return Err(ReadError::Folder);
        }
        if !metadata.is_file() {
            return Err(ReadError::Other("it is not a regular file".to_owned()));
        }
        if metadata.len() > self.limit {
            return Err(ReadError::TooLarge);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
        File::open(&real).and_then(|file| file.take(self.limit + 1).read_to_end(&mut bytes)).map_err(refused)?;
        // The file may have grown in the meantime.
        if bytes.len() as u64 > self.limit { Err(ReadError::TooLarge) } else { Ok(bytes) }
    }
}

/// Whether a step goes one level down and nowhere else, on any system.
fn is_plain_step(step: &str) -> bool {
    let leads_elsewhere = matches!(step, "" | "." | "..") || step.contains(['\\', '\0']);
    let names_a_drive = cfg!(windows) && step.contains(':');
    !leads_elsewhere && !names_a_drive
}

fn refused(error: io::Error) -> ReadError {
    match error.kind() {
        // A file where a folder belongs, or too long a name: either way nothing is there.
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => ReadError::NotFound,
        _ => ReadError::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expect: Result<&str, ReadError>) {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("spec");
        fs::create_dir_all(root.join("sub")).unwrap();
        fs::write(outer.path().join("secret"), "secret").unwrap();
        fs::write(root.join("a.yaml"), "a").unwrap();
        fs::write(root.join("sub/b c.yaml"), "b").unwrap();
        fs::write(root.join("large"), "12345678901").unwrap();
        #[cfg(unix)]
        for (target, link) in
            [("../secret", "out"), ("sub/b c.yaml", "in"), ("loop", "loop"), ("..", "up"), ("gone", "dangling")]
        {
            std::os::unix::fs::symlink(target, root.join(link)).unwrap();
        }
        #[cfg(unix)]
        assert!(std::process::Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
        let read = Folder::new(&root, 10).read(path);
        assert_eq!(read, expect.map(|text| text.as_bytes().to_vec()), "{path:?}");
    }

    #[test]
    fn files_of_the_folder_are_read() {
        check("a.yaml", Ok("a"));
        check("sub/b c.yaml", Ok("b"));
    }

    #[test]
    fn nothing_else_is_read() {
        for path in ["../secret", "/etc/passwd", "sub/../../secret", "", ".", "sub//b", "sub\\b", "a\0"] {
            check(path, Err(ReadError::Outside));
        }
        for path in ["none.yaml", "a.yaml/b", "none/b"] {
            check(path, Err(ReadError::NotFound));
        }
        check(&"x".repeat(5000), Err(ReadError::NotFound));
        check("sub", Err(ReadError::Folder));
        check("large", Err(ReadError::TooLarge));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_judged_by_where_it_leads() {
        check("in", Ok("b"));
        check("out", Err(ReadError::Outside));
        check("up/secret", Err(ReadError::Outside));
        check("up/spec/a.yaml", Ok("a"));
        check("dangling", Err(ReadError::NotFound));
        check("pipe", Err(ReadError::Other("it is not a regular file".to_owned())));
        let outer = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("loop", outer.path().join("loop")).unwrap();
        assert!(matches!(Folder::new(outer.path(), 10).read("loop"), Err(ReadError::Other(_))));
        assert_eq!(Folder::new(&outer.path().join("none"), 10).read("a"), Err(ReadError::NotFound));
    }
}
