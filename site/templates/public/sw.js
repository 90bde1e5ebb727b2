// Network first; without one the page as it was last seen, which says when that was.
// Kept are the last public pages, never one that may tell where somebody lives (no-store).

const SHELL = {{ shell | tojson }};
const OFFLINE = {{ offline | tojson }};
const MOST_PAGES = 20;
const FRESH_MS = 3600000;
const KEPT = "x-kept";
const FILES = "ibasho-files-{{ version }}";
const PAGES = "ibasho-pages";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(SHELL)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldFiles().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  event.waitUntil(Promise.all((event.data.keep ?? []).map(keepFresh)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && request.destination === "document") {
    event.respondWith(page(event));
  } else if (isFile(address)) event.respondWith(file(request));
});

async function page(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keep(event.request.url, answer.clone()));
    return answer;
  } catch {
    for (const one of [event.request.url, offlinePage(event.request.url), ...Object.values(OFFLINE)]) {
      const answer = await kept(one);
      if (answer) return answer;
    }
    return Response.error();
  }
}

function isFile({ pathname, searchParams }) {
  const path = pathname.slice(new URL(self.registration.scope).pathname.length);
  return searchParams.has("v") && /^([a-z]+\/)?(static|vendor)\//.test(path);
}

// A file with its version in its address never changes.
async function file(request) {
  const found = await caches.match(request, { cacheName: FILES });
  if (found) return found;
  const answer = await fetch(request);
  const forGood = (answer.headers.get("cache-control") ?? "").includes("immutable");
  if (answer.ok && forGood) await (await caches.open(FILES)).put(request, answer.clone());
  return answer;
}

function isForEveryone(answer) {
  const says = (name) => answer.headers.get(name) ?? "";
  const isPage = answer.ok && !answer.redirected && says("content-type").startsWith("text/html");
  return isPage && !says("cache-control").includes("no-store");
}

async function keep(url, answer) {
  if (!isForEveryone(answer)) return forget(url, answer);
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  headers.set(KEPT, new Date().toISOString());
  const pages = await caches.open(PAGES);
  await pages.delete(url); // so that it counts as the newest
  await pages.put(url, new Response(await answer.text(), { headers }));
  const old = (await pages.keys()).filter((one) => !Object.values(OFFLINE).includes(new URL(one.url).pathname));
  for (const one of old.slice(0, -MOST_PAGES)) await pages.delete(one);
}

// What was taken back, or may no longer be kept, is not shown later either; a fault says nothing.
async function forget(url, answer) {
  if (answer.status < 500) await (await caches.open(PAGES)).delete(url);
}

async function keepFresh(url) {
  const found = await caches.match(url, { cacheName: PAGES });
  const since = found && Date.now() - new Date(found.headers.get(KEPT));
  if (!found || since > FRESH_MS) await keep(new URL(url, self.location).href, await fetch(url));
}

async function kept(url) {
  const found = await caches.match(url, { cacheName: PAGES });
  if (!found) return undefined;
  const text = await found.text();
  const { headers } = found;
  return new Response(text.replace("<body>", `<body data-kept="${headers.get(KEPT)}">`), { headers });
}

function offlinePage(url) {
  const first = new URL(url).pathname.split("/").find((part) => part in OFFLINE);
  return OFFLINE[first ?? "ja"];
}

async function forgetOldFiles() {
  const old = (await caches.keys()).filter((name) => name.startsWith("ibasho-files-") && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
}
