import type { Reply, schemas } from "@spillway/contract/schemas";
import type { AskName, PermitName, ReadName, WriteName } from "@spillway/contract/table";
import type { Context } from "hono";
import type { z } from "zod";
import type { Actor, Bindings } from "../auth/index.ts";
import type { Command } from "../commands/command.ts";
import type { Licence } from "../commands/licence.ts";

export interface AppEnv {
  Bindings: Bindings;
  Variables: { requestId: string };
}
export type AppContext = Context<AppEnv>;

/** The parameters of all paths; those that a path lacks are empty. */
export interface PathTexts {
  queue: string;
  job_id: string;
  schedule_id: string;
  audit_id: string;
  trouble_id: string;
  marker_id: string;
  operation_id: string;
  token: string;
}

/** What a handler is told: all of it decoded, parsed and allowed. */
export interface Ask<N extends ReadName | WriteName> {
  params: PathTexts;
  query: z.output<(typeof schemas)[N]["query"]>;
  actor: Actor;
  c: AppContext;
}

/** What a read is given that is on record. */
export interface OnRecord {
  /** To be settled if it is answered. */
  licence: Licence;
  /** To be called when nothing more of it will be sent. */
  release: () => void;
}

/** A read whose question is a body has that too. */
export type ReadAsk<N extends ReadName> = Ask<N> &
  (N extends AskName ? { body: BodyOf<N> } : unknown) &
  (N extends PermitName ? OnRecord : unknown);

type BodyOf<N extends AskName | WriteName> = z.output<(typeof schemas)[N]["body"]>;

/** Answers with what the contract says, or with a response of its own for streams and downloads. */
export type ReadHandler<N extends ReadName> = (
  ask: ReadAsk<N>,
) => Reply<N> | Response | Promise<Reply<N> | Response>;

export type WriteAsk<N extends WriteName> = Ask<N> & { body: BodyOf<N> };

/** Says what is to be done; doing it is the business of the one door. */
export type WriteHandler<N extends WriteName> = (
  ask: WriteAsk<N>,
) => WriteCommand<N> | Promise<WriteCommand<N>>;

type WriteCommand<N extends WriteName> = Command<Omit<Reply<N>, "audit_id" | "status">>;

/** Every endpoint has exactly one handler: what is missing or too much does not compile. */
export type Reads = { [N in ReadName]: ReadHandler<N> };
export type Writes = { [N in WriteName]: WriteHandler<N> };
export type Handlers = Reads & Writes;
