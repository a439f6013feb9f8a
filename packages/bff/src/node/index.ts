export { createFileSink } from "./file-sink.ts";
export { peerAddress } from "./peer-address.ts";
