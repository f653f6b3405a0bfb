/**
 * A registry on this machine: takes what `deno publish` sends, and serves it as JSR does.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** The files of a package by their paths, which begin with no slash. */
export type Files = Map<string, string>;

/** What was published, and where it is served while the registry is open. */
export interface Registry extends AsyncDisposable {
  /** The files as Deno has sent them, with their specifiers rewritten. */
  readonly files: Files;
  /** What `JSR_URL` is to be. */
  readonly url: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Publishes the repository to a registry of its own.
 *
 * @throws {Error} If Deno refuses to publish it, with what it says.
 */
export async function publish(): Promise<Registry> {
  const files: Files = new Map();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method === "POST") { for (const [path, text] of await untar(request.body!)) files.set(path, text); }
    return pathname.startsWith("/api/") ? answer(pathname, request.method) : await serve(files, pathname);
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--quiet", "--no-check", "--allow-dirty", "--no-provenance", "--token=none"],
    cwd: root,
    env: { JSR_URL: url, NO_COLOR: "1" },
    stdout: "null",
  }).output();
  const registry = { files, url, [Symbol.asyncDispose]: () => server.shutdown() };
  if (success && files.size > 0) return registry;
  await server.shutdown();
  throw new Error(`Deno did not publish the package: ${new TextDecoder().decode(stderr)}`);
}

/** What the registry says to a publisher: it knows the package, not the version, and takes all that it is given. */
function answer(pathname: string, method: string): Response {
  if (method === "POST") return Response.json({ id: crypto.randomUUID(), status: "success", error: null });
  if (!pathname.includes("/versions/")) return Response.json({});
  return Response.json({ code: "packageVersionNotFound", message: "There is no such version" }, { status: 404 });
}

/** Serves the versions of the package, what is in a version, and its files. */
async function serve(files: Files, pathname: string): Promise<Response> {
  const { name, version, exports } = JSON.parse(files.get("deno.json")!);
  if (pathname === `/${name}/meta.json`) return Response.json({ versions: { [version]: {} } });
  if (pathname === `/${name}/${version}_meta.json`) {
    const manifest = Array.from(files, async ([path, text]) => [`/${path}`, await entryOf(text)] as const);
    return Response.json({ exports, manifest: Object.fromEntries(await Promise.all(manifest)) });
  }
  const text = files.get(pathname.slice(`/${name}/${version}/`.length));
  if (text === undefined) return new Response(null, { status: 404 });
  return new Response(text, { headers: { "content-type": "application/typescript" } });
}

async function entryOf(text: string): Promise<{ readonly size: number; readonly checksum: string }> {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { size: bytes.length, checksum: `sha256-${hex}` };
}

const BLOCK = 512;

/** Reads the files of a compressed tar archive. */
async function untar(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Files> {
  const bytes = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).bytes();
  const text = (start: number, length: number): string => {
    return new TextDecoder().decode(bytes.subarray(start, start + length)).replace(/\0.*$/s, "");
  };
  const files: Files = new Map();
  for (let header = 0; header < bytes.length && bytes[header] !== 0;) {
    const size = parseInt(text(header + 124, 12), 8);
    files.set(text(header, 100).replace(/^\.?\//, ""), text(header + BLOCK, size));
    header += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
