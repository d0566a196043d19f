// What only Node can do for `cargo xtask conformance`. Runs in the scratch folder, beside its `node_modules`.
//
//   node tools.mjs emit OUT             write OUT/<version>/<name>.json for every description, in all versions
//   node tools.mjs scenarios OUT URL    write what the mock server at URL expects and answers, as JSON

import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

const VERSIONS = ["3.0.0", "3.1.0", "3.2.0"];
const PACKAGE = join("node_modules", "@typespec", "http-specs");

// What the descriptions need before the emitter takes them. Each entry says why; one that no longer fits is an error, so
// that it leaves with the fault that it is for.
const EDITS = [
  {
    why: "the emitter looks parameters up in a plain object, where `constructor` is never absent",
    file: join("node_modules", "@typespec", "openapi3", "dist", "src", "examples.js"),
    from: "const result = { requestBody: {}, parameters: {}, responses: {} };",
    to: "const result = { requestBody: {}, parameters: Object.create(null), responses: {} };",
    times: 1,
  },
  {
    why: "OpenAPI has no fixed query in a path: it becomes a parameter of one value",
    file: join("specs", "routes", "main.tsp"),
    from: /@route\("(\w+)\?fixed=true\{&param(\*?)\}"\)(\s+op [`\w]+\()/g,
    to: '@route("$1{?fixed,param$2}")$3fixed: "true", ',
    times: 6,
  },
  {
    why: "OpenAPI has ranges of a whole hundred only: the one status that is answered is described",
    file: join("specs", "response", "status-code-range", "main.tsp"),
    from: /@minValue\(494\)\s+@maxValue\(499\)\s+@statusCode\s+_: int32;/g,
    to: "@statusCode\n  _: 494;",
    times: 1,
  },
];

async function edit({ why, file, from, to, times }) {
  const text = await readFile(file, "utf8");
  if (text.includes(typeof to === "string" && !to.includes("$") ? to : "\0")) return;
  const found = typeof from === "string" ? text.split(from).length - 1 : [...text.matchAll(from)].length;
  if (found !== times) {
    throw new Error(`an edit of ${file} no longer applies (${why}): found ${found} of ${times} places`);
  }
  await writeFile(file, text.replaceAll(from, to));
}

async function filesBelow(folder, name) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile() && entry.name === name);
  return found.map((entry) => join(entry.parentPath, entry.name)).sort();
}

/// The name of a description: the steps from the root of the package to its folder.
function nameOf(root, file) {
  return relative(root, dirname(file)).split(sep).join("-");
}

async function emit(out) {
  await rm("specs", { recursive: true, force: true });
  await cp(join(PACKAGE, "specs"), "specs", { recursive: true });
  for (const one of EDITS) await edit(one);
  const { compile, NodeHost, formatDiagnostic } = await import("@typespec/compiler");
  for (const version of VERSIONS) await mkdir(join(out, version), { recursive: true });
  let failed = 0;
  for (const file of await filesBelow("specs", "main.tsp")) {
    const name = nameOf("specs", file);
    const folder = resolve("emitted", name);
    await rm(folder, { recursive: true, force: true });
    const options = { "openapi-versions": VERSIONS, "file-type": "json", "emitter-output-dir": folder };
    const program = await compile(NodeHost, resolve(file), {
      emit: ["@typespec/openapi3"],
      options: { "@typespec/openapi3": options },
    });
    const errors = program.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
    errors.forEach((error) => console.error(`${name}: ${formatDiagnostic(error)}`));
    if (errors.length > 0) failed += 1;
    for (const version of VERSIONS) {
      for (const written of await readdir(join(folder, version)).catch(() => [])) {
        const versioned = written.replace(/^openapi\.?/, "").replace(/\.?json$/, "");
        const target = versioned === "" ? name : `${name}@${versioned}`;
        await cp(join(folder, version, written), join(out, version, `${target}.json`));
      }
    }
  }
  if (failed > 0) throw new Error(`${failed} descriptions were not emitted`);
}

async function scenarios(out, baseUrl) {
  const { expandDyns } = await import("@typespec/spec-api");
  const config = { baseUrl };
  const root = join(PACKAGE, "dist", "specs");
  const all = [];
  for (const file of await filesBelow(root, "mockapi.js")) {
    const { Scenarios } = await import(pathToFileURL(resolve(file)).href);
    for (const [name, scenario] of Object.entries(Scenarios)) {
      all.push({
        name,
        group: nameOf(root, file),
        condition: scenario.passCondition,
        keys: scenario.keys ?? [],
        apis: scenario.apis.map((api) => ({
          method: api.method,
          uri: api.uri,
          handled: api.handler !== undefined,
          request: api.request && message(api.request, expandDyns, config),
          response: message(api.response, expandDyns, config),
        })),
      });
    }
  }
  await writeFile(out, JSON.stringify(all, null, 1));
}

function message({ status, query, pathParams, headers, body, files }, expand, config) {
  return {
    status,
    query: expand(query, config),
    path: expand(pathParams, config),
    headers: expand(headers, config),
    body: body && content(body, expand, config),
    files: files?.map(file),
  };
}

function content(body, expand, config) {
  if (body.kind === "multipart") {
    return { contentType: body.contentType, parts: expand(body.parts, config), files: body.files?.map(file) };
  }
  const raw = body.streamChunks ? Buffer.concat(body.streamChunks) : body.rawContent;
  const bytes = typeof raw === "string" || Buffer.isBuffer(raw) ? raw : (raw?.serialize(config) ?? "");
  return { contentType: body.contentType, hex: Buffer.from(bytes).toString("hex") };
}

function file({ fieldname, originalname, mimetype, buffer }) {
  return { name: fieldname, fileName: originalname, contentType: mimetype, hex: buffer.toString("hex") };
}

const [command, ...args] = process.argv.slice(2);
const commands = { emit, scenarios };
if (!Object.hasOwn(commands, command)) throw new Error(`unknown command ${command}`);
await commands[command](...args);
