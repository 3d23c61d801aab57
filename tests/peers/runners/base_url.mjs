// A hook of Node's: puts another address in the place of google-play-scraper's while its constants are loaded. Its files stay as they are.
let address;

export function initialize(given) {
  address = given;
}

export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith("/google-play-scraper/lib/constants.js")) return loaded;
  const source = String(loaded.source);
  const pointed = source.replace("'https://play.google.com'", JSON.stringify(address));
  if (pointed === source) throw new Error("google-play-scraper's base address is not where it was");
  return { ...loaded, source: pointed };
}
