// Calls google-play-scraper of npm. Run in the folder that it is installed in.
import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";

const { address, calls } = JSON.parse(readFileSync(0, "utf8"));
register("./base_url.mjs", import.meta.url, { data: address });
const require = createRequire(`${process.cwd()}/`);
const { default: scraper } = await import(pathToFileURL(require.resolve("google-play-scraper")));

// Reviews are asked page by page, each with the token of the one before, until there is none.
async function pagesOfReviews(options) {
  const rows = [];
  const pages = [];
  let token;
  do {
    const page = await scraper.reviews({ ...options, paginate: true, nextPaginationToken: token });
    rows.push(...page.data);
    pages.push(page.data.length);
    token = page.nextPaginationToken;
  } while (token && pages.length < options.pages);
  return { rows, pages };
}

const methods = { ...scraper, reviews: pagesOfReviews };
const answers = [];
for (const { method, options } of calls) {
  try {
    answers.push({ value: await methods[method](options) });
  } catch (error) {
    answers.push({ error: error.message });
  }
}
// What it leaves undefined is null, so that its name is there.
process.stdout.write(JSON.stringify(answers, (_, value) => (value === undefined ? null : value)));
