/** What the application around the console binds to a request. */
interface HostBindings<Host> {
  host: Host;
  /** Node's request, from which the address of whoever sent it is read. */
  incoming: unknown;
}

export const bindingsOf = <Host>(host: Host, incoming: unknown): HostBindings<Host> => ({ host, incoming });

/** What {@link bindingsOf} bound: nothing else is ever handed to the console of an application. */
export function hostOf<Host>(bindings: unknown): Host {
  return (bindings as HostBindings<Host>).host;
}
