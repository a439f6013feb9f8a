export { createFileSink } from "./file-sink.ts";
export { createOperationsFile } from "./operations-file.ts";
export { peerAddress } from "./peer-address.ts";
