//! `codegen`: writes the crate, or tells what writing it would change.

use std::io::{self, Write as _};
use std::mem::ManuallyDrop;
use std::thread;
use std::time::Instant;

use generator::bundle::{Documents as _, ReadError};
use generator::config::{self, Config};
use generator::diagnostic::{Diagnostic, Level, catalog};
use generator::parallel::Threads;
use generator::{Input, Outcome, Output, Report, ir, to_text};

use crate::cli::{Codegen, Emit};
use crate::disk::{self, Plan};
use crate::documents::Folder;
use crate::message::{self, count};
use crate::place::{self, Named, NoPlace, Places};
use crate::{Failure, check, enclosing, overlays};

/// The largest configuration, in bytes.
const LARGEST_CONFIG: u64 = 1 << 20;

/// Runs the command: what is read, what is made of it, and where that goes.
pub(crate) fn run(args: &Codegen) -> Result<(), Failure> {
    let start = Instant::now();
    let places = place::find(args).map_err(|fault| match fault {
        NoPlace::Failure(failure) => failure,
        NoPlace::Said(diagnostic) => refuse(args, Report::default(), vec![diagnostic]),
    })?;
    let config = configure(args, &places)?;

    let documents = Folder::new(&places.folder.path, generator::source::LARGEST as u64);
    let overlays = overlays::read(args, &places, &config)?;
    let input =
        Input { folder: &places.folder.shown, entry: &places.entry, documents: &documents, overlays: &overlays };
    let outcome = generator::generate(&input, &config);
    let suggest = args.suggest_overlay.as_ref().map(|file| (file, outcome.report.clone()));
    let result = finish(args, &places, outcome, start);
    if let Some((file, report)) = suggest {
        overlays::suggest(args, file, &input, &report)?;
    }
    result
}

/// Shows what was said, and writes or compares what was made.
fn finish(args: &Codegen, places: &Places, outcome: Outcome, start: Instant) -> Result<(), Failure> {
    let Some(output) = outcome.output else {
        return Err(refuse(args, outcome.report, Vec::new()));
    };
    // The process ends soon, and then the system takes all of it back at once.
    let output = ManuallyDrop::new(output);
    if let Some(what) = args.emit {
        message::show(args, &outcome.report);
        return emit(what, &output);
    }

    let plan = match disk::plan(&places.out, &output.files) {
        Ok(plan) => plan,
        Err(faults) => return Err(refuse(args, outcome.report, faults)),
    };
    if args.check {
        message::show(args, &outcome.report);
        return check::compare(args, &places.out, &output.files, &plan, start);
    }
    if !args.dry_run
        && let Err(fault) = disk::apply(&places.out, &output.files, &plan)
    {
        let mut report = outcome.report;
        report.diagnostics.push(fault);
        message::refuse(args, &report, "the work is not finished");
        return Err(Failure::Refused);
    }
    message::show(args, &outcome.report);
    if args.dry_run { list(&places.out, &plan) } else { sum_up(&output, &plan, start) }
}

/// Adds what stands in the way to a report and shows it all; nothing was written.
pub(crate) fn refuse(args: &Codegen, mut report: Report, faults: Vec<Diagnostic>) -> Failure {
    faults.into_iter().for_each(|fault| report.diagnostics.push(fault));
    message::refuse(args, &report, "nothing was written");
    Failure::Refused
}

/// The configuration: what the file says, then what the command line says.
fn configure(args: &Codegen, places: &Places) -> Result<Config, Failure> {
    let mut config = match &places.config {
        Some(file) => read_config(args, file)?,
        None => Config::default(),
    };
    config.levels.lenient |= args.lenient;
    let chosen = [(&args.allow, Level::Allow), (&args.warn, Level::Warn), (&args.deny, Level::Error)];
    for (codes, level) in chosen {
        for code in codes {
            if chosen.iter().any(|(others, other)| *other != level && others.contains(code)) {
                return Err(Failure::Usage(format!("`{code}` is given two levels")));
            }
            config.set_level(code, level).map_err(Failure::Usage)?;
        }
    }
    if let Some(name) = &args.name {
        config::crate_name(name).map_err(|why| Failure::Usage(format!("`--name {name}`: {why}")))?;
        config.package.name = Some(name.clone());
    }
    if config.package.name.is_none() && args.emit.is_none() {
        config.package.name = Some(name_of_folder(&places.out)?);
    }
    config.threads = thread::available_parallelism().map(Threads).unwrap_or_default();
    config.own_workspace = args.out.is_some() && enclosing::leaves_out(&places.out.path);
    Ok(config)
}

fn name_of_folder(out: &Named) -> Result<String, Failure> {
    let name = out.path.file_name().unwrap_or_default().to_string_lossy();
    match config::crate_name(&name) {
        Ok(()) => Ok(name.into_owned()),
        Err(why) => {
            let shown = &out.shown;
            Err(Failure::Usage(format!(
                "a crate cannot be called like the folder `{shown}`: {why}; give one with `--name CRATE`"
            )))
        }
    }
}

fn read_config(args: &Codegen, file: &Named) -> Result<Config, Failure> {
    let unreadable = |why: &str| {
        let fault = catalog::output::config_unreadable(&file.shown, why);
        refuse(args, Report::default(), vec![fault])
    };
    let (Some(folder), Some(name)) = (file.path.parent(), file.path.file_name()) else {
        return Err(unreadable("it is a folder"));
    };
    let bytes = Folder::new(folder, LARGEST_CONFIG).read(&name.to_string_lossy()).map_err(|error| match error {
        ReadError::NotFound => unreadable("there is no such file"),
        ReadError::Folder => unreadable("it is a folder"),
        ReadError::Outside => unreadable("it is a link that leads out of its folder"),
        ReadError::TooLarge => unreadable("it is larger than a mebibyte"),
        ReadError::Other(why) => unreadable(&why),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8"))?;
    config::read(&file.shown, &text).map_err(|faults| {
        let mut report = Report::default();
        report.sources.add(&file.shown, text.strip_prefix('\u{feff}').unwrap_or(&text));
        refuse(args, report, faults)
    })
}

fn emit(what: Emit, output: &Output) -> Result<(), Failure> {
    let text = match what {
        Emit::Ir => ir::dump(&output.api),
        Emit::Effective => to_text(&output.effective),
    };
    Ok(io::stdout().lock().write_all(text.as_bytes())?)
}

/// What a run would do, a line for each file.
fn list(out: &Named, plan: &Plan) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let changed = plan.change.iter().map(|(path, _)| path);
    let steps = plan.create.iter().map(|path| ("create", path));
    let steps = steps.chain(changed.map(|path| ("change", path)));
    for (verb, path) in steps.chain(plan.delete.iter().map(|path| ("delete", path))) {
        writeln!(stdout, "{verb} {}", disk::shown(out, path))?;
    }
    Ok(())
}

/// The one line that a run ends with.
fn sum_up(output: &Output, plan: &Plan, start: Instant) -> Result<(), Failure> {
    let operations = count(output.api.operations.len(), "operation");
    let types = count(output.api.types.len(), "type");
    let changed = count(plan.create.len() + plan.change.len(), "file");
    let deleted = if plan.delete.is_empty() { String::new() } else { format!(", {} deleted", plan.delete.len()) };
    let (all, milliseconds) = (output.files.len(), start.elapsed().as_millis());
    writeln!(
        io::stdout().lock(),
        "generated: {operations}, {types}; {changed} changed of {all}{deleted} ({milliseconds} ms)"
    )?;
    Ok(())
}
