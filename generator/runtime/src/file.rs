//! Content that says of what kind it is, and what it is called.

use std::borrow::Cow;

use super::request::Request;
use super::transport::Body;

/// A file, or any other content, to be uploaded.
///
/// It comes from bytes, texts and a [`Body`], and so may be a stream: `File::from(Body::reader(file, None)).name("a.txt")`.
#[derive(Debug)]
pub struct File {
    pub(super) body: Body,
    pub(super) name: Option<String>,
    pub(super) content_type: Option<Cow<'static, str>>,
}

impl File {
    /// Names the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// States the media type of the content.
    pub fn content_type(mut self, media: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = Some(media.into());
        self
    }

    /// The media type: the stated one, or the only one that `allowed` names. `None` where the caller must choose one.
    pub(super) fn media(&self, allowed: &'static str) -> Option<Cow<'static, str>> {
        let is_sole = !allowed.contains(',') && !allowed.contains('*');
        self.content_type.clone().or(if is_sole { Some(allowed.into()) } else { None })
    }
}

impl<B: Into<Body>> From<B> for File {
    fn from(body: B) -> Self {
        Self { body: body.into(), name: None, content_type: None }
    }
}

impl Request {
    /// Sets the body to content whose media type the caller states; `allowed` are the ones that the API describes.
    pub fn content(mut self, allowed: &'static str, file: impl Into<File>) -> Self {
        let file = file.into();
        match file.media(allowed) {
            Some(media) => self.0.body = Some((file.body, media)),
            None => {
                self.0.fail(format!("the body needs a content type of `{allowed}`: give it by `File::content_type`"))
            }
        }
        self
    }
}
