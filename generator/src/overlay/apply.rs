//! The actions of an overlay on a tree, one after another.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Written;
use super::document::{Action, Change, Overlay, Path, Version};
use super::json_path::JsonPath;
use super::merge::{self, Kind};
use super::origins::{Origin, Origins};
use crate::diagnostic::catalog::overlay as catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, Part, Place, Refused};
use crate::source::{Node, Pointer, Size, Sources};

/// A tree that overlays change.
pub(crate) struct Target<'t> {
    root: &'t mut Node,
    origins: Origins,
    /// How many nodes there are at most.
    nodes: usize,
}

impl<'t> Target<'t> {
    /// The tree of the file that is called `name`.
    pub(crate) fn new(root: &'t mut Node, name: &str) -> Self {
        let nodes = Size::of(root).nodes;
        Self { root, origins: Origins::of(name), nodes }
    }

    /// The tree as it is by now.
    pub(crate) fn root(&self) -> &Node {
        self.root
    }

    /// Merges a value into what a path selects, or takes that away where there is none; whether that could be done.
    pub(crate) fn change(&mut self, path: &str, update: Option<&Node>) -> bool {
        let Ok(query) = JsonPath::parse(path) else { return false };
        let change = match update {
            Some(what) => Change::Update(Written { what: what.clone(), at: Pointer::root() }),
            None => Change::Remove,
        };
        let action = Action { at: Pointer::root(), target: Path { query, text: path.to_owned() }, change };
        let overlay = Overlay { file: String::new(), version: Version::V1_1, actions: vec![action] };
        let mut faults = Diagnostics::default();
        self.apply(&overlay, &mut faults).is_ok() && faults.iter().len() == 0
    }

    /// Applies an overlay.
    ///
    /// # Errors
    ///
    /// [`Refused`] when the tree would become too large; an action that does not fit is told and passed over.
    pub(super) fn apply(&mut self, overlay: &Overlay, diagnostics: &mut Diagnostics) -> Result<(), Refused> {
        for action in &overlay.actions {
            let step = Step { overlay, action };
            if let Err(Stop { diagnostic, ends }) = self.act(&step, diagnostics) {
                diagnostics.push(*diagnostic);
                if ends {
                    return Err(Refused);
                }
            }
        }
        Ok(())
    }

    /// Tells where the nodes come from.
    pub(super) fn finish(self, sources: &mut Sources) {
        self.origins.tell(sources);
    }

    fn act(&mut self, step: &Step<'_>, diagnostics: &mut Diagnostics) -> Result<(), Stop> {
        let target = &step.action.target;
        let selected = target.query.select(self.root);
        if selected.is_empty() {
            let place = step.place(&step.action.at.child("target"), Part::Value);
            return Err(Stop::skip(catalog::no_match(place, &target.text)));
        }
        match &step.action.change {
            Change::Nothing => Ok(()),
            Change::Remove => self.remove(step, &selected),
            Change::Update(Written { what, at }) => {
                let origin = Origin::File(Rc::from(step.overlay.file.as_str()), at.clone());
                self.update(step, &selected, what, &origin, diagnostics)
            }
            Change::Copy(Written { what, at }) => {
                let found = what.query.select(self.root);
                let [from] = &found[..] else {
                    let place = step.place(at, Part::Value);
                    return Err(Stop::skip(catalog::copy_source(place, &what.text, found.len())));
                };
                let Some(value) = self.root.at(from).cloned() else { return Ok(()) };
                let origin = Origin::Copied(Rc::new(self.origins.clone()), from.clone());
                self.update(step, &selected, &value, &origin, diagnostics)
            }
        }
    }

    fn update(
        &mut self,
        step: &Step<'_>,
        selected: &[Pointer],
        value: &Node,
        origin: &Origin,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Stop> {
        self.fits(step, selected, value)?;
        self.has_room(step, selected, value)?;
        let primitive = selected.iter().any(|at| self.root.at(at).map(Kind::of) == Some(Kind::Primitive));
        if step.overlay.version == Version::V1_0 && primitive {
            diagnostics.push(catalog::primitive_target(step.place(&step.action.at.child("target"), Part::Value)));
        }
        for at in selected {
            if let Some(node) = self.root.at_mut(at) {
                merge::merge(node, at, value, origin, &mut self.origins);
            }
        }
        Ok(())
    }

    /// Whether the targets are all of one kind, and the value fits each of them.
    fn fits(&self, step: &Step<'_>, selected: &[Pointer], value: &Node) -> Result<(), Stop> {
        let mut first: Option<(&Pointer, &Node)> = None;
        for (at, node) in selected.iter().filter_map(|at| Some((at, self.root.at(at)?))) {
            let (other, one) = *first.get_or_insert((at, node));
            if Kind::of(one) != Kind::of(node) {
                let place = step.place(&step.action.at.child("target"), Part::Value);
                let said = catalog::mixed_targets(place, one.kind(), node.kind());
                let said =
                    said.with_related(self.written(other), one.kind()).with_related(self.written(at), node.kind());
                return Err(Stop::skip(said));
            }
            if let Err(misfit) = merge::check(node, value) {
                let place = step.value_place(&misfit.at);
                let said = catalog::mismatch(place, misfit.target, misfit.value);
                return Err(Stop::skip(said.with_related(self.written(&at.join(&misfit.at)), misfit.target)));
            }
        }
        Ok(())
    }

    /// Whether the tree stays within its bounds.
    fn has_room(&mut self, step: &Step<'_>, selected: &[Pointer], value: &Node) -> Result<(), Stop> {
        let size = Size::of(value);
        let nodes = self.nodes.saturating_add(size.nodes.saturating_mul(selected.len()));
        let deepest = selected.iter().map(|at| at.steps().count()).max().unwrap_or_default() + 1;
        if let Some(bound) = (Size { nodes, height: deepest + size.height }).exceeded() {
            let place = step.place(&step.action.at, Part::Value);
            return Err(Stop { diagnostic: Box::new(catalog::too_large(place, &bound)), ends: true });
        }
        self.nodes = nodes;
        Ok(())
    }

    fn remove(&mut self, step: &Step<'_>, selected: &[Pointer]) -> Result<(), Stop> {
        let mut steps: BTreeMap<Pointer, BTreeSet<String>> = BTreeMap::new();
        for at in selected {
            let (Some(parent), Some(last)) = (at.parent(), at.last()) else {
                let place = step.place(&step.action.at.child("target"), Part::Value);
                return Err(Stop::skip(catalog::removes_all(place)));
            };
            steps.entry(parent).or_default().insert(last);
        }
        // From the last place to the first, so that what lies inside of something goes before it.
        for (parent, steps) in steps.iter().rev() {
            match self.root.at_mut(parent) {
                Some(Node::Object(members)) => {
                    members.retain(|key| !steps.contains(key));
                    steps.iter().for_each(|step| self.origins.forget(&parent.child(step)));
                }
                Some(Node::Array(items)) => {
                    let length = items.len();
                    let kept: Vec<usize> = (0..length).filter(|index| !steps.contains(&index.to_string())).collect();
                    let mut index = 0;
                    items.retain(|_| {
                        index += 1;
                        !steps.contains(&(index - 1_usize).to_string())
                    });
                    self.origins.keep_items(parent, &kept, length);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The place of a node as its file has it.
    fn written(&self, at: &Pointer) -> Place {
        let (file, at) = self.origins.find(at);
        Place::Written(Box::new((file.to_string(), at)), Part::Value)
    }
}

/// An action, and the overlay that it is of.
struct Step<'a> {
    overlay: &'a Overlay,
    action: &'a Action,
}

impl Step<'_> {
    fn place(&self, at: &Pointer, part: Part) -> Place {
        Place::Written(Box::new((self.overlay.file.clone(), at.clone())), part)
    }

    /// The place of what lies at `at` in the value that is merged; where it is copied, of the path to it.
    fn value_place(&self, at: &Pointer) -> Place {
        match &self.action.change {
            Change::Update(update) => self.place(&update.at.join(at), Part::Value),
            Change::Copy(_) | Change::Remove | Change::Nothing => {
                self.place(&self.action.at.child("copy"), Part::Value)
            }
        }
    }
}

/// Why an action is not carried out.
struct Stop {
    diagnostic: Box<Diagnostic>,
    /// Whether the actions after it cannot be carried out either.
    ends: bool,
}

impl Stop {
    fn skip(diagnostic: Diagnostic) -> Self {
        Self { diagnostic: Box::new(diagnostic), ends: false }
    }
}
