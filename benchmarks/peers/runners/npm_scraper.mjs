// Runs google-play-scraper of npm: pages, so many at once. Run in the folder that it is installed in.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const { default: scraper } = await import(pathToFileURL(require.resolve("google-play-scraper")));

const { address, ids, at_once } = JSON.parse(readFileSync(0, "utf8"));
const records = [];
const waiting = [...ids];

async function work() {
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    // Its address is a constant; the options of its HTTP client go over it.
    const url = `${address}/store/apps/details?id=${id}&hl=en&gl=us`;
    const found = await scraper.app({ appId: id, requestOptions: { url } }).catch(() => null);
    if (found === null) continue;
    records.push({
      app_id: found.appId,
      title: found.title,
      developer: found.developer,
      score: found.score ?? null,
      ratings: found.ratings ?? null,
      min_installs: found.minInstalls ?? null,
      exact_installs: found.maxInstalls ?? null,
      price: found.price,
      currency: found.currency ?? null,
      icon: found.icon ?? null,
    });
  }
}

const used = process.cpuUsage();
const started = performance.now();
await Promise.all(Array.from({ length: at_once }, work));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(used);
process.stdout.write(JSON.stringify({ seconds, cpu_seconds: (user + system) / 1e6, records }));
