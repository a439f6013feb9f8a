const always = ["api/session", "api/overview", "api/operations?open=true&size=200"];

/**
 * What the screen of an address can't be shown without, by paths of the API, for the time before the app is there. An address
 * that is left out only waits a little longer. Who is not known yet asks for nothing.
 */
export function earlyReads(address: string, search: string): string[] {
  const [first = "", queue = "", view = ""] = address.split("/");
  if (first === "login") return [];
  if (queue !== "" && first === "queues") {
    const own = `api/queues/${queue}`;
    if (view === "") return [...always, own, `api/workers?queue=${queue}`];
    // With a window or a task it is another reading, and not a cheap one.
    return view === "dlq" && search === "" ? [...always, own, `${own}/dlq/shapes`] : [...always, own];
  }
  if (first === "" || first === "queues") return [...always, "api/queues"];
  return first === "workers" ? [...always, "api/workers"] : always;
}
