export { historyFile } from "./history-file.ts";
export { createMarkers, LEAD_MS } from "./markers.ts";
export { restoreMarkers } from "./restore-markers.ts";
export { createSampler } from "./sampler.ts";
