// One schedule a sweep: each tells its sweep which one it is. Read by serverless.yml when it packages.
module.exports = () =>
  Array.from({ length: Number(process.env.PAY_SWEEPS || 1) }, (_, sweep) => ({
    schedule: { rate: ["rate(1 minute)"], input: { sweep } },
  }));
