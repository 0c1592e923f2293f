// Each test is a few processes of its own, which use more than one core: more workers than two would only wait for each other.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]
