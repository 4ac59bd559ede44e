"""What every service stands on, top to bottom: notices, files, jobs, people, tenancy, keys, audit."""
