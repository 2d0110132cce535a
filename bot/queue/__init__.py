"""Work that a desk hands to processes on any host, through the database that they share.

A desk puts a task with its payload into the store and a job into the engine's queue, in one transaction; a worker takes
the job, computes in a process of its own and puts the answer beside the task; the desk takes both away. Only
:mod:`bot.queue.engine` knows the engine, procrastinate.
"""
