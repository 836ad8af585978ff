// Holds the process open until it is told to stop.
const keepAlive = setInterval(() => undefined, 60_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => clearInterval(keepAlive));
}
console.log('Tidemark is up');
